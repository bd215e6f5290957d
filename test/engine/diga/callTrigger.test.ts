import { AGENT, Calls } from '../../sandbox/diga/calls.ts';
import { RECEPTION, SALES } from './agentCase.ts';
import { activate, callMethod } from '../harness.ts';
import type { Poller } from '../harness.ts';
import { aFlow, credentials, diga, requestLines } from './case.ts';

const OTHER = AGENT.replace('2222', '4444');

function trigger(
	parameters: Parameters<typeof activate>[2] = {},
	options?: Parameters<typeof activate>[3],
): Poller {
	return activate('digaTrigger', credentials(), { event: 'callFinished', ...parameters }, options);
}

async function ids(poller: Poller): Promise<unknown[]> {
	return (await poller.poll()).map(({ id }) => id);
}

/** Adds a call that has ended. @returns its ID */
function ended(more: Parameters<typeof diga.ring>[0] = {}): string {
	return diga.ring({ completedAfterMs: 0, answeredAfterMs: 0, queuedAfterMs: 0, ...more }).id;
}

it('starts at the current time, and reports each finished call once, as received', async () => {
	ended();
	const poller = trigger();
	expect(await ids(poller)).toEqual([]);
	const id = ended({ endReason: 'ivr_no_answer' });
	const call = { id, status: 'completed', end_reason: 'ivr_no_answer', agent_id: AGENT };
	expect(await poller.poll()).toEqual([expect.objectContaining(call)]);
	expect(await ids(poller)).toEqual([]);
});

it('remembers a call while it is dialing, in the queue and in progress', async () => {
	const poller = trigger();
	await poller.poll();
	const { id } = diga.ring();
	for (const ms of [0, 600, 600]) {
		diga.passTime(ms);
		expect(await ids(poller)).toEqual([]);
	}
	diga.passTime(4000);
	expect(await ids(poller)).toEqual([id]);
	expect(await ids(poller)).toEqual([]);
});

it('reports calls once in any order of ending, also if they started before the activation', async () => {
	const before = diga.ring({ completedAfterMs: 9000 }).id;
	const poller = trigger();
	await poller.poll();
	const long = diga.ring({ completedAfterMs: 60_000 }).id;
	const short = diga.ring({ completedAfterMs: 2000 }).id;
	diga.passTime(3000);
	expect(await ids(poller)).toEqual([short]);
	diga.passTime(7000);
	expect(await ids(poller)).toEqual([before]);
	diga.passTime(60_000);
	expect(await ids(poller)).toEqual([long]);
	expect(await ids(poller)).toEqual([]);
});

it('finds calls in any status behind many newer ones on activation', async () => {
	const never = 86_400_000;
	const dialing = { queuedAfterMs: never, answeredAfterMs: never, completedAfterMs: 60_000 };
	const calls = [
		diga.ring(dialing),
		diga.ring({ ...dialing, queuedAfterMs: 0 }),
		diga.ring({ ...dialing, queuedAfterMs: 0, answeredAfterMs: 0 }),
	].map(({ id }) => id);
	diga.passTime(1000);
	for (let call = 0; call < 350; call++) ended();
	const poller = trigger();
	expect(await ids(poller)).toEqual([]);
	diga.passTime(60_000);
	expect(new Set(await ids(poller))).toEqual(new Set(calls));
});

it('finds a long call behind thousands of newer ones, with few requests', async () => {
	const poller = trigger();
	await poller.poll();
	const long = diga.ring({ completedAfterMs: 600_000 }).id;
	await poller.poll();
	diga.passTime(1000);
	for (let call = 0; call < 2000; call++) ended();
	expect(await ids(poller)).toHaveLength(2000);
	diga.requests.length = 0;
	expect(await ids(poller)).toEqual([]);
	expect(requestLines().length).toBeLessThanOrEqual(5);
	diga.passTime(600_000);
	expect(await ids(poller)).toEqual([long]);
	expect(JSON.stringify(poller.stored()).length).toBeLessThan(3000);
});

it('keeps more calls in progress than a flow has executions', async () => {
	const poller = trigger();
	await poller.poll();
	const calls = Array.from({ length: 500 }, () => diga.ring({ completedAfterMs: 60_000 }).id);
	expect(await ids(poller)).toEqual([]);
	diga.passTime(1000);
	for (let call = 0; call < 60; call++) ended();
	expect(await ids(poller)).toHaveLength(60);
	diga.passTime(60_000);
	expect(new Set(await ids(poller))).toEqual(new Set(calls));
});

it('reports calls of lost polls, and after a restart', async () => {
	const poller = trigger();
	await poller.poll();
	const first = ended();
	diga.misbehave({ kind: 'answer', status: 403, times: 1000, body: '{"message": "No"}' });
	await expect(poller.poll()).rejects.toThrow('No');
	diga.behave();
	const second = ended();
	poller.restart();
	expect(new Set(await ids(poller))).toEqual(new Set([first, second]));
	poller.restart();
	expect(await ids(poller)).toEqual([]);
});

it('watches the chosen agents, and rejects what is not an ID', async () => {
	const agentIds = ` ${OTHER.toUpperCase()}, https://app.diga.example/agents/${SALES}`;
	const poller = trigger({ watchAgents: 'ids', agentIds });
	await poller.poll();
	ended();
	const watched = [OTHER, SALES].map((agent) => ended({ agent }));
	expect(new Set(await ids(poller))).toEqual(new Set(watched));
	await expect(trigger({ watchAgents: 'ids', agentIds: 'Ana' }).poll()).rejects.toThrow(
		'Agent IDs must be IDs separated by commas, but contains "Ana"',
	);
	await expect(trigger({ watchAgents: 'ids' }).poll()).rejects.toThrow('Agent IDs is empty');
});

it('watches agents from the list', async () => {
	const method = 'loadOptions.getAgents';
	const options = await callMethod('digaTrigger', method, { credentials: credentials() });
	expect(options).toContainEqual({ name: `Reception (${RECEPTION})`, value: RECEPTION });
	const poller = trigger({ watchAgents: 'list', listedAgents: [RECEPTION] });
	await poller.poll();
	ended();
	const id = ended({ agent: RECEPTION });
	expect(await ids(poller)).toEqual([id]);
	await expect(trigger({ watchAgents: 'list', listedAgents: [] }).poll()).rejects.toThrow(
		'Agent Names or IDs is empty',
	);
});

it('reports the chosen end reasons only', async () => {
	const poller = trigger({ endReasons: 'Voicemail_Left, ivr_no_answer,' });
	await poller.poll();
	const [left] = ['voicemail_left', 'user_hangup', null].map((endReason) => ended({ endReason }));
	expect(await ids(poller)).toEqual([left]);
	expect(await ids(poller)).toEqual([]);
});

it('does not mix up calls and executions when the event is changed', async () => {
	const flow = await aFlow();
	const poller = trigger();
	await poller.poll();
	const options = { runningAfterMs: 0, finishedAfterMs: 0 };
	expect(await poller.poll({ event: 'runFinished' })).toEqual([]);
	const execution = diga.start(flow, options).id;
	ended();
	expect(await poller.poll({ event: 'runFinished' })).toMatchObject([{ id: execution }]);
	expect(await ids(poller)).toEqual([]);
	const call = ended();
	expect(await ids(poller)).toEqual([call]);
});

it('reports a call in a status that Diga adds later when the call has an end', async () => {
	const poller = trigger();
	await poller.poll();
	const path = '/v1/call/';
	const listed = (more: object) => {
		const call = { id: OTHER, agent_id: AGENT, created_date: new Date().toISOString(), ...more };
		const body = JSON.stringify({ data: [call], has_more: false });
		diga.misbehave({ path, kind: 'answer', status: 200, body });
		diga.misbehave({
			path: `${path}${OTHER}`,
			kind: 'answer',
			status: 200,
			body: JSON.stringify(call),
		});
	};
	for (const unclear of [{ status: 'parked' }, { status: null }, {}]) {
		listed(unclear);
		expect(await ids(poller)).toEqual([]);
		diga.behave();
	}
	listed({ status: 'abandoned', end_time: new Date().toISOString() });
	expect(await ids(poller)).toEqual([OTHER]);
});

describe('Include Transcript', () => {
	const withTranscript = { includeTranscript: true };
	const messages = Calls.spoken('Hello', 'Hi');

	it('adds the messages and the text', async () => {
		const poller = trigger(withTranscript);
		await poller.poll();
		const id = ended({ messages });
		const expected = { id, messages, transcript: 'assistant: Hello\nuser: Hi' };
		expect(await poller.poll()).toMatchObject([expected]);
	});

	it('is empty for a call in which nobody spoke', async () => {
		const poller = trigger(withTranscript);
		await poller.poll();
		ended();
		expect(await poller.poll()).toMatchObject([{ messages: [], transcript: '' }]);
	});

	it('waits for a transcript that Diga writes after the end, for two minutes', async () => {
		const poller = trigger(withTranscript);
		await poller.poll();
		const spoken = { completedAfterMs: 3000 };
		const late = diga.ring({ ...spoken, messages, transcriptAfterMs: 60_000 }).id;
		const never = diga.ring(spoken).id;
		diga.passTime(10_000);
		expect(await ids(poller)).toEqual([]);
		diga.passTime(60_000);
		expect(await poller.poll()).toMatchObject([{ id: late, messages }]);
		diga.passTime(60_000);
		expect(await poller.poll()).toMatchObject([{ id: never, messages: [] }]);
		expect(await ids(poller)).toEqual([]);
	});

	it('reports the other calls if a transcript cannot be read, and that one later', async () => {
		const poller = trigger(withTranscript);
		await poller.poll();
		const [bad, good] = [ended({ messages }), ended({ messages })];
		const path = `/v1/call/${bad}/message`;
		const error = { kind: 'answer', status: 400, body: '{"message": "Odd"}' } as const;
		diga.misbehave({ path, ...error });
		expect(await ids(poller)).toEqual([good]);
		poller.restart();
		expect(await ids(poller)).toEqual([bad]);
		expect(await ids(poller)).toEqual([]);
	});

	it('fails the poll with the missing permission, and loses no call', async () => {
		const poller = trigger(withTranscript);
		await poller.poll();
		const id = ended({ messages });
		diga.dialect({ lacks: ['messages.view'] });
		await expect(poller.poll()).rejects.toThrow('Missing permission');
		diga.dialect({});
		expect(await ids(poller)).toEqual([id]);
	});

	it('gives up after a day, and says why there is no transcript', async () => {
		const poller = trigger(withTranscript);
		await poller.poll();
		const id = ended();
		diga.dialect({ lacks: ['messages.view'] });
		await expect(poller.poll()).rejects.toThrow('Missing permission');
		diga.passTime(86_500_000);
		expect(await poller.poll()).toMatchObject([{ id, transcriptError: 'Missing permission' }]);
		expect(await ids(poller)).toEqual([]);
	});

	it('reads no transcript of calls that are not reported', async () => {
		const poller = trigger({ ...withTranscript, endReasons: 'voicemail_left' });
		await poller.poll();
		ended({ messages });
		diga.requests.length = 0;
		await poller.poll();
		expect(requestLines().filter((line) => line.includes('/message'))).toEqual([]);
	});
});

it('shows the latest matching call in a test run, with its transcript', async () => {
	const messages = Calls.spoken('Hello');
	const id = ended({ endReason: 'voicemail_left', messages });
	diga.passTime(1000);
	ended();
	const test = trigger({ endReasons: 'voicemail_left', includeTranscript: true }).test();
	expect(await test).toMatchObject([{ id, messages }]);
});
