import { setTimeout as pause } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { activateWebhook } from '../activeWebhook.ts';
import type { ActiveWebhook } from '../activeWebhook.ts';
import { credentials, diga, requestLines } from './case.ts';

let active: ActiveWebhook | undefined;

async function trigger(parameters: INodeParameters = {}): Promise<ActiveWebhook> {
	const all = { event: 'callFinished', instant: true, ...parameters };
	active = await activateWebhook('digaTrigger', credentials(), all);
	return active;
}

/** As {@link trigger}, after the second poll, from which notifications have an effect. */
async function instantTrigger(parameters?: INodeParameters): Promise<ActiveWebhook> {
	const one = await trigger(parameters);
	await one.poll();
	return one;
}

afterEach(async () => {
	await active?.stop();
});

/** Ends a call, and waits until its notifications were handled. @returns its ID */
async function ended(): Promise<string> {
	const call = diga.ring({ completedAfterMs: 0, answeredAfterMs: 0, queuedAfterMs: 0 });
	for (let polls = 0; polls < 100; polls++) {
		await pause(20);
		if (diga.truth.deliveries.every(({ response }) => response !== undefined)) break;
	}
	await active?.idle();
	return call.id;
}

it('registers a webhook on activation, and deletes it on deactivation', async () => {
	const { url, deactivate, restart } = await trigger();
	const hooks = () => diga.truth.webhooks.map((one) => [one.url, one.subscribed_events]);
	expect(hooks()).toEqual([[url, ['status_changed']]]);
	await restart();
	expect(hooks()).toHaveLength(1);
	await deactivate();
	expect(hooks()).toEqual([]);
});

it('registers again if the webhook was deleted in Diga', async () => {
	const { restart } = await trigger();
	diga.truth.webhooks.length = 0;
	await restart();
	expect(diga.truth.webhooks).toHaveLength(1);
});

it('finds its webhook by the URL if n8n has no ID, as after a lost response to the create', async () => {
	const { forget, restart, deactivate } = await trigger();
	forget();
	await restart();
	expect(diga.truth.webhooks).toHaveLength(1);
	forget();
	await deactivate();
	expect(diga.truth.webhooks).toEqual([]);
});

it('refuses a node without a webhook ID, whose URL n8n may not find', async () => {
	const parameters = { event: 'callFinished', instant: true };
	await expect(activateWebhook('digaTrigger', credentials(), parameters, '')).rejects.toThrow(
		'Instant needs a webhook ID, which this node does not have',
	);
	expect(diga.truth.webhooks).toEqual([]);
});

it('names the missing permission', async () => {
	diga.dialect({ lacks: ['webhooks.create'] });
	await expect(trigger()).rejects.toMatchObject({
		description: expect.stringContaining('webhooks.create'),
	});
});

it('has no webhook, and sends no request about one, unless Instant is on', async () => {
	for (const off of [
		{ instant: false },
		{ event: 'runFinished' },
		{ event: 'runFinished', instant: true },
	]) {
		const { url } = await trigger(off);
		expect(url).toBeUndefined();
		await active?.stop();
	}
	active = undefined;
	expect(requestLines().filter((line) => line.includes('webhook'))).toEqual([]);
});

it('starts the workflow when a notification arrives, and the poll does not report the call again', async () => {
	const { started, poll } = await instantTrigger();
	const id = await ended();
	expect(diga.truth.deliveries).not.toEqual([]);
	expect(started).toEqual([id]);
	await poll();
	expect(started).toEqual([id]);
});

it('reports a call once after a restart, if only a webhook has reported it', async () => {
	const { started, restart } = await instantTrigger();
	const id = await ended();
	await restart();
	expect(started).toEqual([id]);
});

it('finds a call whose notification was lost with the next poll', async () => {
	const { started, poll } = await instantTrigger();
	diga.dropDeliveries(true);
	const { id } = diga.ring({ completedAfterMs: 0, answeredAfterMs: 0, queuedAfterMs: 0 });
	await pause(100);
	expect(started).toEqual([]);
	await poll();
	expect(started).toEqual([id]);
});

it('trusts no payload: a forged notification starts nothing', async () => {
	const { started, url = '' } = await instantTrigger();
	const body = JSON.stringify({ event: 'status_changed', data: { id: 'x', status: 'completed' } });
	const response = await fetch(url, { method: 'POST', body });
	expect(response.status).toBe(200);
	expect(started).toEqual([]);
});

it('reports each of many calls once, while notifications and polls run at the same time', async () => {
	const { started, poll, idle } = await instantTrigger();
	const calls: string[] = [];
	for (let round = 0; round < 10; round++) {
		const over = { completedAfterMs: 0, answeredAfterMs: 0, queuedAfterMs: 0 };
		calls.push(diga.ring(over).id, diga.ring(over).id);
		await Promise.all([poll(), pause(10)]);
	}
	await pause(200);
	await idle();
	await poll();
	expect([...started].sort()).toEqual(calls.sort());
});

it('leaves all to the polls if n8n makes a context for each poll, as its scheduler does', async () => {
	const { started, poll } = await trigger();
	await poll(true);
	const id = await ended();
	expect(started).toEqual([]);
	await poll(true);
	expect(started).toEqual([id]);
});

it('does not lose a call if the poll after a notification fails', async () => {
	const { started, poll } = await instantTrigger();
	diga.misbehave({ path: '/v1/call/', kind: 'answer', status: 403, body: '{"message": "No"}' });
	const id = await ended();
	expect(started).toEqual([]);
	await poll();
	expect(started).toEqual([id]);
});
