// Chains of ten thousand steps, nested deeper than recursion can reach: each step is inside the one before.
import { requestLines, credentials, diga, node, start } from './case.ts';
import { run } from '../harness.ts';

const COUNT = 10_000;

/** A response as text, because JSON.stringify cannot write such depth. */
function answer(more = '', type = 'CODE'): string {
	const head = '{"id":"deep","created":"2026-01-01T00:00:00Z","updated":"2026-01-01T00:00:00Z"';
	const open = Array.from(
		{ length: COUNT },
		(_, index) => `{"name":"step_${index + 1}","type":"${type}","valid":true,"nextAction":`,
	).join('');
	const chain = `${open}null${'}'.repeat(COUNT)}`;
	return `${head}${more},"trigger":{"name":"trigger","type":"EMPTY","nextAction":${chain}}}`;
}

async function doing(operation: string, parameters: object, resource = 'flow') {
	return await run(
		[start(), node(resource, operation, { flow: 'deep', ...parameters })],
		credentials(),
		// because n8n's inspection of such a deep output would overflow
		{ watch: false },
	);
}

describe('a flow of ten thousand steps', () => {
	it.each([
		['as received', ''],
		['with a number beyond the safe integers', ',"odd":9007199254740993'],
	])('is read, %s', async (_how, more) => {
		diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body: answer(more) });
		const { json, error } = await doing('get', {});
		expect(error).toBeUndefined();
		expect(json('Diga')[0]).toMatchObject({ id: 'deep' });
		if (more) expect(json('Diga')[0]?.odd).toBe('9007199254740993');
	});

	it('gets a step at the end', async () => {
		diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body: answer() });
		diga.misbehave({ method: 'POST', kind: 'answer', status: 400, body: '{"detail": "Too long"}' });
		const { error } = await doing('add', { stepType: 'CODE' }, 'step');
		expect(error?.message).toBe('Too long [Item 0]');
		expect(JSON.parse(diga.requests.at(-1)?.body ?? '')).toMatchObject({
			parentStep: `step_${COUNT}`,
			action: { name: `step_${COUNT + 1}` },
		});
	});

	it('is checked before it is published', async () => {
		diga.misbehave({
			method: 'GET',
			kind: 'answer',
			status: 200,
			body: answer().replace(
				'"name":"step_9999","type":"CODE","valid":true',
				'"name":"step_9999","type":"CODE","valid":false',
			),
		});
		const { error } = await doing('publish', {});
		expect(error?.message).toContain('has invalid steps: step_9999');
	});

	it.each([
		['import', { name: 'Deep' }],
		['createAndPublish', { name: 'Deep', defineFlow: 'json' }],
	])('is too deep to send, and %s says so before it creates anything', async (operation, more) => {
		const flowJson = answer('', 'PIECE');
		const { error } = await doing(operation, { ...more, flowJson });
		expect(error?.description).toContain('nested too deep');
		expect(requestLines()).toEqual([]);
	});
});
