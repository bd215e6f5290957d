// The baseline: plain fetch in a plain Node process, with a number of requests in flight.
// Started by main.ts with the run as argument; sends the measurements as a message.
import { TOKEN } from './ways.ts';
import type { Measured } from './ways.ts';

export interface Order {
	url: string;
	items: number;
	parallel: number;
	/** Number of unmeasured requests before the run, because n8n is warmed up as well. */
	warmUp: number;
}

async function create(url: string, displayName: string): Promise<void> {
	const response = await fetch(`${url}/v2/sources`, {
		method: 'POST',
		headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
		body: JSON.stringify({
			sourceSpec: 'google_calendar',
			displayName,
			properties: { email: 'jo@example.com' },
		}),
	});
	await response.json();
}

async function createAll({ url, parallel }: Order, kind: string, count: number): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count) await create(url, `${kind} ${next++}`);
	};
	await Promise.all(Array.from({ length: parallel }, worker));
}

async function measure(order: Order): Promise<Measured> {
	await createAll(order, 'Warm-up', order.warmUp);
	let peakRss = 0;
	const sampling = setInterval(() => {
		peakRss = Math.max(peakRss, process.memoryUsage.rss());
	}, 10);
	const cpuBefore = process.cpuUsage();
	const started = performance.now();
	await createAll(order, 'Source', order.items);
	const wallMs = performance.now() - started;
	const { user, system } = process.cpuUsage(cpuBefore);
	clearInterval(sampling);
	return { wallMs, cpuMs: (user + system) / 1000, peakRssMb: peakRss / 2 ** 20 };
}

if (process.send) {
	process.once('message', (order) => {
		void measure(order as Order).then((measured) => process.send?.(measured));
	});
	process.once('disconnect', () => process.exit());
}
