import { digaProfile, readError } from '../../../nodes/Diga/api/profile.ts';

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
