import { AGENT, Calls, PHONE } from '../../sandbox/diga/calls.ts';
import { act, bodies, diga, done, requestLines } from './case.ts';

const numbers = { fromNumber: PHONE.number, toNumber: '+34600111222' };

/** A page that says that there are more results, but not how to get them. */
const pageWithoutEnd = (entry: object) =>
	({
		kind: 'answer',
		status: 200,
		body: JSON.stringify({ data: [entry], has_more: true }),
	}) as const;

function hintsOf({ run }: Awaited<ReturnType<typeof act>>): string {
	return JSON.stringify(run.data.resultData.runData.Diga?.[0]?.hints);
}

function posts(): string[] {
	return requestLines().filter((line) => line.startsWith('POST'));
}

describe('Call > Get and Get Many', () => {
	it('get a call, whose outcome is the end reason', async () => {
		const { id } = diga.ring({ completedAfterMs: 0, endReason: 'voicemail_left' });
		const [call] = await done('call', 'get', { call: ` ${id.toUpperCase()} ` });
		expect(call).toMatchObject({ id, status: 'completed', end_reason: 'voicemail_left' });
		expect(requestLines()).toEqual([`GET /v1/call/${id}`]);
	});

	it('reject what is not the ID of a call, before anything is sent', async () => {
		const { error } = await act('call', 'get', { call: 'latest' });
		expect(error?.message).toContain('Call ID must be the ID of a call, but is "latest"');
		expect(requestLines()).toEqual([]);
	});

	it('read all pages, newest first or oldest first', async () => {
		const made = [3, 2, 1, 0].map(
			(days) => diga.ring({ created: new Date(Date.now() - days * 86_400_000).toISOString() }).id,
		);
		const ids = async (parameters: object) =>
			(await done('call', 'getAll', parameters)).map(({ id }) => id);
		expect(await ids({ returnAll: true, order: 'asc' })).toEqual(made);
		expect(await ids({ limit: 3 })).toEqual(made.toReversed().slice(0, 3));
		expect(requestLines()).toEqual([
			'GET /v1/call/?order=asc&limit=1000',
			'GET /v1/call/?order=desc&limit=3',
		]);
	});

	it('read further pages', async () => {
		const made = Array.from({ length: 1200 }, () => diga.ring({ completedAfterMs: 0 }).id);
		const calls = await done('call', 'getAll', { returnAll: true });
		expect(new Set(calls.map(({ id }) => id))).toEqual(new Set(made));
		expect(requestLines()).toEqual([
			'GET /v1/call/?order=desc&limit=1000',
			`GET /v1/call/?order=desc&after=${calls[999]?.id as string}&limit=1000`,
		]);
	});

	it.each([
		['agent', { agent_id: AGENT.toUpperCase() }],
		['status', { status: 'completed' }],
		['type', { type: 'outbound' }],
		['earliest date', { start_created_date: new Date(Date.now() - 3_600_000).toISOString() }],
		['latest date', { end_created_date: new Date(Date.now() + 3_600_000).toISOString() }],
	])('filter by %s', async (_, filters) => {
		const day = 86_400_000;
		const wanted = { completedAfterMs: 0, type: 'outbound' } as const;
		const other = {
			agent_id: { agent: AGENT.replace('2222', '4444') },
			status: { completedAfterMs: day },
			type: { type: 'inbound' as const },
			start_created_date: { created: new Date(Date.now() - day).toISOString() },
			end_created_date: { created: new Date(Date.now() + day).toISOString() },
		}[Object.keys(filters)[0] as 'status'];
		diga.ring({ ...wanted, ...other });
		const { id } = diga.ring(wanted);
		diga.ring({ ...wanted, ...other });
		expect((await done('call', 'getAll', { filters })).map((call) => call.id)).toEqual([id]);
	});

	it('reject a filter that is not the ID of an agent, before anything is sent', async () => {
		const { error } = await act('call', 'getAll', { filters: { agent_id: 'Ana' } });
		expect(error?.message).toContain('Agent Name or ID must be the ID of an agent, but is "Ana"');
		expect(requestLines()).toEqual([]);
	});

	it('do not output a response that is not a call', async () => {
		const { id } = diga.ring();
		diga.misbehave({ path: `/v1/call/${id}`, kind: 'answer', status: 200, body: '{"data": {}}' });
		const { error } = await act('call', 'get', { call: id });
		expect(error?.message).toBe("Diga's response has no ID [Item 0]");
	});

	it('say that a list is incomplete if Diga does not say how to read on', async () => {
		diga.misbehave({ path: '/v1/call/', times: 2, ...pageWithoutEnd({ id: AGENT }) });
		const result = await act('call', 'getAll', { returnAll: true });
		expect(result.items).toEqual([{ id: AGENT }]);
		expect(hintsOf(result)).toContain('The list is incomplete: the service returned 1 results');
	});

	it('name the missing permission', async () => {
		diga.dialect({ lacks: ['calls.view'] });
		const { error } = await act('call', 'getAll');
		expect(error?.description).toContain('needs the permission calls.view');
	});
});

describe('Call > Get Transcript', () => {
	it('outputs all messages, oldest first, and the spoken ones as text', async () => {
		const messages = Calls.spoken('Hello', 'Hi', 'Bye');
		const { id } = diga.ring({ completedAfterMs: 0, messages });
		const [transcript] = await done('call', 'getTranscript', { call: id });
		expect(transcript).toEqual({
			call_id: id,
			messages,
			transcript: 'assistant: Hello\nuser: Hi\nassistant: Bye',
		});
	});

	it('reads further pages', async () => {
		const messages = Calls.spoken(...Array.from({ length: 1500 }, (_, index) => `Line ${index}`));
		const { id } = diga.ring({ completedAfterMs: 0, messages });
		const [transcript] = await done('call', 'getTranscript', { call: id });
		expect(transcript?.messages).toEqual(messages);
	});

	it('is empty, and no error, if the call has no messages: 404 NO_MESSAGES_FOR_CALL', async () => {
		const { id } = diga.ring({ completedAfterMs: 0 });
		expect(await done('call', 'getTranscript', { call: id })).toEqual([
			{ call_id: id, messages: [], transcript: '' },
		]);
	});

	it('has no line for a message without content', async () => {
		const [spoken, other] = Calls.spoken('Hello', 'Bye');
		if (!spoken || !other) throw new Error('No messages');
		const messages = [
			spoken,
			{ ...other, id: PHONE.id, role: 'tool' as const, content: null },
			other,
		];
		const { id } = diga.ring({ completedAfterMs: 0, messages });
		const [transcript] = await done('call', 'getTranscript', { call: id });
		expect(transcript).toMatchObject({ messages, transcript: 'assistant: Hello\nuser: Bye' });
	});

	it('does not name a speaker whom Diga does not name', async () => {
		const { id } = diga.ring({ completedAfterMs: 0 });
		const body = JSON.stringify({ data: [{ id: PHONE.id, content: 'Hello' }], has_more: false });
		diga.misbehave({ path: `/v1/call/${id}/message`, kind: 'answer', status: 200, body });
		expect(await done('call', 'getTranscript', { call: id })).toMatchObject([
			{ transcript: 'Hello' },
		]);
	});

	it('says that it is incomplete if Diga does not say how to read on', async () => {
		const { id } = diga.ring({ completedAfterMs: 0 });
		const message = { id: PHONE.id, role: 'user', content: 'Hello' };
		const path = `/v1/call/${id}/message`;
		diga.misbehave({ path, times: 2, ...pageWithoutEnd(message) });
		const result = await act('call', 'getTranscript', { call: id });
		expect(result.items).toMatchObject([{ transcript: 'user: Hello' }]);
		expect(hintsOf(result)).toContain('The list is incomplete');
	});

	it('fails if a further page does not exist, because messages are missing then', async () => {
		const messages = Calls.spoken(...Array.from({ length: 1200 }, (_, index) => `Line ${index}`));
		const { id } = diga.ring({ completedAfterMs: 0, messages });
		const body = JSON.stringify({ error_code: 'NO_MESSAGES_FOR_CALL', message: 'No messages' });
		const path = `/v1/call/${id}/message`;
		diga.misbehave({ path, after: 1, kind: 'answer', status: 404, body });
		const { error } = await act('call', 'getTranscript', { call: id });
		expect(error?.message).toBe('No messages [Item 0]');
	});

	it('fails if the call does not exist, which is also a 404', async () => {
		const { error } = await act('call', 'getTranscript', { call: AGENT });
		expect(error?.message).toContain(`Call ${AGENT} not found`);
	});

	it('names the missing permission for messages', async () => {
		diga.dialect({ lacks: ['messages.view'] });
		const { error } = await act('call', 'getTranscript', { call: AGENT });
		expect(error?.description).toContain('needs the permission messages.view');
	});
});

describe('Call > Create', () => {
	it('dials once for each item, and outputs the call that is dialing', async () => {
		const items = await done('call', 'create', {
			fromNumber: PHONE.id,
			toNumber: '+34 600-111.222',
			dynamicVariables: { pair: [{ name: 'age', type: 'number', numberValue: 5 }] },
		});
		expect(items).toMatchObject([{ status: 'dialing', type: 'outbound' }]);
		expect(bodies('POST')).toEqual([
			{ from_number: PHONE.id, to_number: '+34600111222', dynamic_variables: { age: 5 } },
		]);
		expect(diga.truth.calls).toHaveLength(1);
	});

	it.each([
		'600111222',
		'0034600111222',
		'+0600111222',
		'+34',
		'+34600111222333444',
		'+34 (0) 600111222',
		'+34600111222x1',
		'Jane',
	])('rejects %j before anything is sent', async (toNumber) => {
		const { error } = await act('call', 'create', { ...numbers, toNumber });
		expect(error?.message).toContain('To Number must be a phone number with country code');
		expect(requestLines()).toEqual([]);
	});

	it('rejects a From Number that is neither a number nor an ID', async () => {
		const { error } = await act('call', 'create', { ...numbers, fromNumber: 'Office' });
		expect(error?.message).toContain('From Number must be a phone number of the project');
		expect(requestLines()).toEqual([]);
	});

	it.each([
		[{ toNumber: '+4930123456' }, 'not a Spanish phone number', 'Spanish numbers only'],
		[{ fromNumber: '+34999999999' }, 'not found', 'phone number of the project'],
	])('says what to do if Diga rejects %j', async (changed, message, advice) => {
		const { error } = await act('call', 'create', { ...numbers, ...changed });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(advice);
		expect(posts()).toHaveLength(1);
	});

	it.each([
		['the response is lost', { kind: 'cut', worked: true }],
		['the server fails after dialing', { kind: 'answer', status: 500, worked: true }],
		[
			'the service is busy, but may have dialed',
			{ kind: 'answer', status: 503, headers: { 'retry-after': '1' }, worked: true },
		],
		['the response has no ID', { kind: 'answer', status: 201, body: '{}', worked: true }],
	] as const)('never dials again if %s, also with Retry On Fail', async (_, mischief) => {
		diga.misbehave({ method: 'POST', path: '/v1/call/', ...mischief });
		const { error } = await act('call', 'create', numbers, [{}], {
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 10,
		});
		expect(error?.description).toContain('Diga may have dialed +34600111222');
		expect(posts()).toHaveLength(1);
		expect(diga.truth.calls).toHaveLength(1);
	});

	it('does not dial again for items that were dialed, if Retry On Fail runs the node again', async () => {
		const items = ['+34600000001', '+34600000002', '+34600000003'].map((to) => ({ to }));
		const cut = { kind: 'answer', status: 403, body: '{"message": "No"}' } as const;
		diga.misbehave({ method: 'POST', path: '/v1/call/', bodyHas: '0002', ...cut });
		const { items: output, error } = await act(
			'call',
			'create',
			{ ...numbers, toNumber: '={{ $json.to }}' },
			items,
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 10 },
		);
		expect(error).toBeUndefined();
		expect(output).toHaveLength(3);
		expect(diga.truth.calls.map(({ number }) => number).sort()).toEqual(items.map(({ to }) => to));
	});

	it('waits and dials once if Diga limits requests, because then nothing was done', async () => {
		const limited = { status: 429, headers: { 'retry-after': '1' } } as const;
		diga.misbehave({ method: 'POST', path: '/v1/call/', kind: 'answer', ...limited });
		await done('call', 'create', numbers);
		expect(diga.truth.calls).toHaveLength(1);
	});
});
