// User input as it arrives at the services: names, texts, and data that looks like n8n's own; also for the triggers.
import { activate, run } from '../harness.ts';
import { appFlowLab, digaLab, portableLab } from '../validParameters.ts';
import type { Lab } from '../validParameters.ts';

/** Runs a set of the lab with changed parameters. @returns the body of the last request, and the error message */
async function last(lab: Lab, key: string, more: object, item: object = {}) {
	lab.restore();
	const set = lab.sets.find(({ resource, operation }) => `${resource}.${operation}` === key);
	const [resource, operation] = key.split('.');
	const start = { name: 'Start', type: 'test.items', parameters: { items: [item] as never } };
	const parameters = { ...set?.parameters, ...more, resource, operation };
	const { error } = await run(
		[start, { name: 'Node', type: lab.type, parameters }],
		lab.credentials,
	);
	const body = lab.sandbox.requests.at(-1)?.body ?? '';
	return { error: error?.message, body: body === '' ? undefined : (JSON.parse(body) as unknown) };
}

async function using<T>(start: () => Promise<Lab>, work: (lab: Lab) => Promise<T>): Promise<T> {
	const lab = await start();
	return await work(lab).finally(async () => {
		await lab.sandbox.stop();
	});
}

it('trims names in every service, but not code and other content', async () => {
	await using(portableLab, async (lab) => {
		const source = await last(lab, 'source.create', { displayName: ' Sales \n' });
		expect(source.body).toMatchObject({ displayName: 'Sales' });
		const flow = await last(lab, 'flow.create', { displayName: '\tNew ' });
		expect(flow.body).toMatchObject({ displayName: 'New' });
	});
	await using(digaLab, async (lab) => {
		const code = '  export const code = async () => 1;\n\n';
		const step = await last(lab, 'step.update', { displayName: ' New ', code });
		expect(step.body).toMatchObject({ displayName: 'New', settings: { sourceCode: { code } } });
		const text = { dataType: 'STRING', dataText: ' Hello\n' };
		const sample = await last(lab, 'step.saveSampleData', text);
		expect(sample.body).toMatchObject({ payload: ' Hello\n' });
	});
	await using(appFlowLab, async (lab) => {
		const flow = await last(lab, 'flow.create', { flowName: ' new-flow ' });
		expect(flow.body).toMatchObject({ flowName: 'new-flow' });
	});
});

it('does not treat data with a mode and a value as a locator', async () => {
	const data = { mode: 'full', value: { a: 1 } };
	await using(digaLab, async (lab) => {
		const sample = await last(lab, 'step.saveSampleData', { dataJson: '={{ $json }}' }, data);
		expect(sample.body).toMatchObject({ payload: data });
	});
	await using(portableLab, async (lab) => {
		const more = { specifyProperties: 'json', propertiesJson: '={{ $json }}' };
		const source = await last(lab, 'source.create', more, data);
		expect(source.body).toMatchObject({ properties: data });
	});
});

it.each([
	['..', 'Step cannot be ".." [Item 0]'],
	['a\ud800', 'Step cannot be "a\ud800" [Item 0]'],
])('rejects a name that cannot be in a URL, by its label: %j', async (step, message) => {
	await using(digaLab, async (lab) => {
		const { error } = await last(lab, 'step.test', { step: '={{ $json.step }}' }, { step });
		expect(error?.replace(/\ufffd/g, '\ud800')).toBe(message);
		expect(lab.sandbox.requests).toEqual([]);
	});
});

describe.each([
	['portableTrigger', portableLab, 'ids'],
	['digaTrigger', digaLab, 'ids'],
	['amazonAppFlowTrigger', appFlowLab, 'names'],
])('%s', (type, start, mode) => {
	const odd = [
		'={{ undefined }}',
		'={{ null }}',
		'={{ "" }}',
		'={{ " " }}',
		'={{ [] }}',
		'={{ {} }}',
		'={{ true }}',
		'={{ 5 }}',
	];

	it('rejects invalid fields before it sends anything, instead of watching everything', async () => {
		await using(start, async (lab) => {
			for (const value of odd) {
				for (const [field, label] of [
					['watch', 'Watch'],
					['outcome', 'Outcome'],
				] as const) {
					const poller = activate(type, lab.credentials, { [field]: value });
					await expect(poller.poll()).rejects.toThrow(label);
				}
			}
			for (const value of odd.slice(0, 7)) {
				for (const [watch, field] of [
					[mode, mode],
					['list', 'listed'],
				] as const) {
					const poller = activate(type, lab.credentials, { watch, [field]: value });
					await expect(poller.poll()).rejects.toThrow(/^\w[\w ]* (is empty|must be|cannot be)/);
				}
			}
			expect(lab.sandbox.requests).toEqual([]);
		});
	});
});
