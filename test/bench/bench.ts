import type { AddressInfo } from 'node:net';
import { BenchN8n } from './benchN8n.ts';
import type { Order } from './fetch.ts';
import { Helper } from './helper.ts';
import { median } from './median.ts';
import type { Conditions, Limit, State } from './server.ts';
import type { Measured, Way, WayName } from './ways.ts';
import { RETRYING, TOKEN } from './ways.ts';

/** A row of the table and an entry of the JSON. */
export interface Result {
	way: WayName;
	label: string;
	/** Requests in flight; measured by the server if the way has no setting for it. */
	parallel: number;
	latencyMs: number;
	limit: Limit | null;
	items: number;
	wallMs: number;
	/** Counts created items only. */
	itemsPerSecond: number;
	/** Of the node alone: reduced by the CPU time of a No Operation node with the same items. */
	cpuMsPerItem: number;
	peakRssMb: number;
	/** Counted by the server: names, missing names, and names that exist more than once. */
	created: number;
	lost: number;
	duplicated: number;
}

/** A comparison of ways, each run `repeats` times with the same items. */
export interface Round {
	ways: Way[];
	items: number;
	conditions: Conditions;
	repeats: number;
}

type Sample = Measured & { state: State };

/** The processes of a benchmark: the service, an n8n, and one for each run of plain fetch. */
export class Bench {
	private service?: Helper;

	private readonly n8n: BenchN8n;

	url = '';

	private fetching?: Helper;

	constructor(folder: string) {
		this.n8n = new BenchN8n(folder);
	}

	async start(tarball: string): Promise<void> {
		this.service = new Helper('server.ts');
		const { port } = await this.service.answer<AddressInfo>();
		this.url = `http://127.0.0.1:${port}`;
		await this.n8n.start(tarball, { url: this.url, token: TOKEN });
	}

	async stop(): Promise<void> {
		await Promise.all([this.n8n.stop(), this.fetching?.end(), this.service?.end()]);
	}

	/** Runs every way once, then every way again, so that a temporarily slow machine affects all of them. */
	async run(
		{ ways, items, conditions, repeats }: Round,
		say: (text: string) => void,
	): Promise<Result[]> {
		const entries = await Promise.all(
			ways.map(async (mode) => ({
				way: mode,
				id: await this.prepare(mode, items),
				samples: [] as Sample[],
			})),
		);
		for (let repeat = 1; repeat <= repeats; repeat++) {
			for (const { way: mode, id, samples } of entries) {
				const { label } = mode;
				await this.control('reset', conditions);
				const measured = await (id === undefined
					? this.fetch({ url: this.url, items, parallel: mode.parallel ?? 1, warmUp: 100 })
					: this.n8n.run(id, label.endsWith(RETRYING)));
				samples.push({ ...measured, state: await this.control<State>('state') });
				say(`  ${repeat}/${repeats} ${label}: ${Math.round(measured.wallMs)} ms`);
			}
		}
		const own = median(
			entries
				.find(({ way: mode }) => mode.way === 'nothing')
				?.samples.map(({ cpuMs }) => cpuMs) ?? [0],
		);
		return entries
			.filter(({ way: mode }) => mode.way !== 'nothing')
			.map(({ way: mode, samples }) =>
				summary({ way: mode, samples, conditions }, items, mode.node ? own : 0),
			);
	}

	/** @returns the workflow to run; undefined for a way without n8n */
	private async prepare({ label, node }: Way, items: number): Promise<string | undefined> {
		return node && (await this.n8n.addWorkflow(label, node, items));
	}

	private async fetch(order: Order): Promise<Measured> {
		this.fetching = new Helper('fetch.ts');
		try {
			return await this.fetching.answer<Measured>(order);
		} finally {
			await this.fetching.end();
		}
	}

	private async control<T>(path: string, body?: object): Promise<T> {
		const response = await fetch(`${this.url}/_bench/${path}`, {
			method: body ? 'POST' : 'GET',
			...(body && { body: JSON.stringify(body) }),
		});
		return (await response.json()) as T;
	}
}

/** The conditions of a result, as a heading. */
export function conditionsOf({ items, latencyMs, limit }: Result): string {
	const limited = limit
		? `${limit.count} requests per ${limit.seconds === 1 ? 'second' : `${limit.seconds} s`}`
		: 'no limit';
	return `${items} items, ${latencyMs} ms each, ${limited}`;
}

/** The results by a value that some of them share, in order. */
export function grouped<Key>(
	results: Result[],
	keyOf: (result: Result) => Key,
): Array<[Key, Result[]]> {
	const keys = [...new Set(results.map(keyOf))];
	return keys.map((key) => [key, results.filter((result) => keyOf(result) === key)]);
}

/** The median of each figure. */
function summary(
	{ way, samples, conditions }: { way: Way; samples: Sample[]; conditions: Conditions },
	items: number,
	ownCpuMs: number,
): Result {
	const { way: mode, label, parallel } = way;
	const middle = (figure: (sample: Sample) => number) => median(samples.map(figure));
	const wanted = Array.from({ length: items }, (_, index) => `Source ${index}`);
	const times = ({ state }: Sample) => wanted.map((name) => state.names[name] ?? 0);
	const wallMs = middle((sample) => sample.wallMs);
	const lost = middle((sample) => times(sample).filter((count) => count === 0).length);
	return {
		way: mode,
		label,
		parallel: parallel ?? middle(({ state }) => state.mostInFlight),
		...conditions,
		items,
		wallMs,
		itemsPerSecond: ((items - lost) / wallMs) * 1000,
		cpuMsPerItem: (middle(({ cpuMs }) => cpuMs) - ownCpuMs) / items,
		peakRssMb: middle(({ peakRssMb }) => peakRssMb),
		created: middle((sample) => times(sample).reduce((sum, count) => sum + count, 0)),
		lost,
		duplicated: middle((sample) => times(sample).filter((count) => count > 1).length),
	};
}
