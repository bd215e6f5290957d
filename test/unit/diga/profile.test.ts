import { digaProfile, readError } from '../../../nodes/Diga/api/profile.ts';
import type { Path } from '../../../nodes/engine/http/path.ts';
import { paths } from '../../../nodes/Diga/api/paths.ts';

describe("Diga's errors", () => {
	it.each<[unknown, object]>([
		[
			{ detail: [{ loc: ['body', 'name'], msg: 'Too short', type: 'x' }] },
			{ message: 'name: Too short', fields: [{ path: 'name', text: 'Too short' }] },
		],
		[
			{
				detail: [
					{ loc: ['query', 'limit'], msg: 'Too large' },
					{ loc: ['path', 'flow_id'], msg: 'Bad' },
					{ loc: [], msg: 'Odd' },
				],
			},
			{
				message: 'limit: Too large; flow_id: Bad; Odd',
				fields: [
					{ path: 'limit', text: 'Too large' },
					{ path: 'flow_id', text: 'Bad' },
					{ path: '', text: 'Odd' },
				],
			},
		],
		[{ detail: 'Not Found' }, { message: 'Not Found' }],
		[{ detail: { message: 'Deep', error_code: 'X' } }, { message: 'Deep', code: 'X' }],
		[
			{ status: 'error', error_code: 'X', message: 'Plain' },
			{ message: 'Plain', code: 'X' },
		],
		[{ detail: '', message: 'Plain' }, { message: 'Plain' }],
		[{ detail: [null, { msg: 5 }, 'x'] }, {}],
		[{ detail: null }, {}],
		['text', {}],
		[undefined, {}],
	])('are read from %j', (body, expected) => {
		expect(JSON.parse(JSON.stringify(readError(body)))).toEqual(expected);
	});

	it('come with advice', () => {
		expect(digaProfile.adviceFor(401)).toContain('API key');
		expect(digaProfile.adviceFor(429)).toContain('Keep Retrying For');
		expect(digaProfile.adviceFor(500)).toContain('internal error');
		expect(digaProfile.adviceFor(409)).toBeUndefined();
	});
});

describe('a resource that does not exist', () => {
	const missing = (at: Path, message: string) =>
		digaProfile.missingResource?.({ method: 'GET', path: at, effect: 'read' }, { message });

	it.each([
		[paths.flow('abc'), 'flow with the ID abc'],
		[paths.publish('abc'), 'flow with the ID abc'],
		[paths.executions('abc'), 'flow with the ID abc'],
		[paths.execution('abc'), 'execution with the ID abc'],
		[paths.template('abc'), 'template with the ID abc'],
		[paths.templateCopy('abc'), 'template with the ID abc'],
		[paths.agent('abc'), 'agent with the ID abc'],
		// the step can be missing instead of the flow
		[paths.action('abc', 'step_1'), undefined],
		[paths.sampleData('abc', 'step_1'), undefined],
		[paths.connections(), undefined],
		[paths.pieces(), undefined],
		[paths.templates(), undefined],
		[paths.flows(), undefined],
	])('of %s is the %s', (at, resource) => {
		expect(missing(at, 'Flow not found')).toBe(resource);
	});

	it('is unknown if the path may not exist', () => {
		expect(missing(paths.flow('abc'), 'Not Found')).toBeUndefined();
	});
});
