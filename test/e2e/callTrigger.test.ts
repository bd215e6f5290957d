import { setTimeout as pause } from 'node:timers/promises';
import { diga, n8n } from './case.ts';
import { readExample } from './examples.ts';

const ID = 'dfDigaCalls00001';

/** The calls that the workflow was started for, whose transcript it then reads. */
const lookedUp = () =>
	diga.requests.flatMap(({ path }) => /^\/v1\/call\/([\w-]+)\/message/.exec(path)?.[1] ?? []);

const polls = () => diga.requests.filter(({ path }) => path.startsWith('/v1/call/?')).length;

async function until(isTrue: () => boolean, seconds: number): Promise<void> {
	for (let tries = 0; !isTrue() && tries < seconds * 10; tries++) await pause(100);
}

const over = { queuedAfterMs: 0, answeredAfterMs: 0, completedAfterMs: 0 };

it('Instant registers a webhook, and starts the workflow with the notification, once for each call', async () => {
	const example = await readExample('report-finished-diga-calls.json');
	const nodes = example.nodes.map((node) =>
		node.name === 'Diga Trigger'
			? // the editor adds a webhook ID when it saves the node
				{ ...node, webhookId: 'dfDigaCalls', parameters: { ...node.parameters, instant: true } }
			: node,
	);
	await n8n.importWorkflows([{ ...example, nodes }]);
	await n8n.publish(ID);
	await n8n.start();
	await until(() => polls() > 0 && diga.truth.webhooks.length > 0, 60);
	expect(diga.truth.webhooks.map(({ url }) => url)).toEqual([
		expect.stringContaining(`${n8n.url}/webhook/`),
	]);
	const before = polls();
	await until(() => polls() > before, 90);
	await pause(1000);
	const notified = diga.ring(over).id;
	await until(() => lookedUp().length > 0, 10);
	expect(lookedUp()).toEqual([notified]);
	expect(diga.truth.deliveries.map(({ response }) => response)).toEqual([200]);
	// lost, so that the next poll finds it
	diga.dropDeliveries(true);
	const lost = diga.ring(over).id;
	await until(() => lookedUp().length > 1, 90);
	expect(lookedUp()).toEqual([notified, lost]);
	await n8n.stop();
	// the webhook is the same if n8n keeps its address
	await n8n.start(Number(new URL(n8n.url).port));
	await pause(3000);
	expect(lookedUp()).toEqual([notified, lost]);
	expect(diga.truth.webhooks).toHaveLength(1);
}, 400_000);
