import { inputError } from '../../../nodes/engine/errors.ts';
import { readId } from '../../../nodes/engine/input/read.ts';
import { runTrigger } from '../../../nodes/Diga/runTrigger.ts';
import { readUuid } from '../../../nodes/Diga/model/uuid.ts';
import { readDigaId } from '../../../nodes/Diga/model/ids.ts';

const portable = 'https://app.portable.io';
const diga = 'https://app.diga.example';
const [PROJECT, FLOW, RUN] = [
	'aaaaaaaaaaaaaaaaaaaaa',
	'kQ3vZ8rYt1LxW0pNc7uHb',
	'rrrrrrrrrrrrrrrrrrrrr',
];

describe('the number in a page address', () => {
	it.each([
		['Flow', '/projects/12/flows/34', 34],
		['Flow', '/flow/34/edit/2', 34],
		['Flow', '/flows/34/runs/56?page=2', 34],
		['Flow', '/12/flows/34', 34],
		['Flow', '/#/accounts/1/Flows/34', 34],
		['Flow', '/flows/34/flows/34', 34],
		['Flow', '/app/34', 34],
		['Flow IDs', '/projects/12/flows/34', 34],
		['Source', '/flows/34/sources/5/destinations/6', 5],
		['Destination', '/flows/34/sources/5/destinations/6', 6],
		['Workflow ID', '/projects/12/workflows/7', 7],
	])('is found for %s in %s', (label, path, id) => {
		expect(readId(portable + path, label)).toBe(id);
	});

	it.each([
		['Flow', '/projects/12'],
		['Flow', '/sources/5/edit'],
		['Source', '/flows/34'],
		['Flow', '/12/34'],
		['Flow', '/flows/34/flows/35'],
		['Flow', '/flows/new'],
	])('is not guessed for %s in %s', (label, path) => {
		expect(() => readId(portable + path, label)).toThrow(
			inputError(`${label} is an address without a unique ID: "${portable}${path}"`).message,
		);
	});
});

describe('the ID in a page URL of Diga', () => {
	it.each<['a flow' | 'an execution', string, string?]>([
		['a flow', `/projects/${PROJECT}/flows/${FLOW}`, FLOW],
		['a flow', `/project/${PROJECT}/workflow/${FLOW}/runs/${RUN}`, FLOW],
		['a flow', `/projects/${PROJECT}/workflows/${FLOW}`, FLOW],
		['a flow', `/${PROJECT}/flows/${FLOW}?tab=1`, FLOW],
		['a flow', `/build/${FLOW}`, FLOW],
		['an execution', `/projects/${PROJECT}/flows/${FLOW}/executions/${RUN}`, RUN],
		['an execution', `/runs/${RUN}`, RUN],
	])('is found for %s in %s', (what, path, id) => {
		expect(readDigaId(diga + path, 'Field', what)).toBe(id);
	});

	it.each<['a flow' | 'an execution', string]>([
		['a flow', `/projects/${PROJECT}`],
		['an execution', `/flows/${FLOW}`],
		['a flow', `/${PROJECT}/${FLOW}`],
		['a flow', `/flows`],
	])('is not guessed for %s in %s', (what, path) => {
		expect(() => readDigaId(diga + path, 'Field', what)).toThrow(
			`Field: the URL "${diga}${path}" does not contain the ID of ${what}`,
		);
	});
});

describe('the flows that the Diga Trigger watches', () => {
	it('can be page addresses', () => {
		const { readId: read } = runTrigger;
		expect(read(FLOW)).toBe(FLOW);
		expect(read(`${diga}/projects/${PROJECT}/flows/${FLOW}`)).toBe(FLOW);
		expect(() => read(`${diga}/projects/${PROJECT}`)).toThrow('Flow IDs: the URL ');
		expect(() => read('a b')).toThrow('Flow IDs must be IDs separated by commas');
	});
});

describe('the ID of a template', () => {
	const id = '6f1c2d3e-0000-4000-8000-000000000001';

	it.each([id, id.toUpperCase(), `${diga}/projects/${id.replace('1', '2')}/templates/${id}`])(
		'is in %s',
		(text) => {
			expect(readUuid(text, 'Template', 'template')).toBe(id);
		},
	);

	it.each([
		'x',
		`${diga}/projects/${id}`,
		`${diga}/templates`,
		`${diga}/agents/${id}`,
		`${diga}/calls/${id}`,
		`${diga}/agent/versions/${id}`,
	])('is not in %s', (text) => {
		expect(() => readUuid(text, 'Template', 'template')).toThrow(
			'Template must be the ID of a template',
		);
	});
});
