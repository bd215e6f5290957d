// npm run bench: creates sources in a local service in several ways and compares them.
//   --quick        300 items, one repetition, for a quick check
//   --repeats N    runs of each way, 3 by default; the median is shown
//   --json FILE    writes the figures to a file
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from '../e2e/n8n.ts';
import { Bench } from './bench.ts';
import type { Result } from './bench.ts';
import { chart } from './chart.ts';
import { goals } from './goals.ts';
import { showGoals, showTable } from './show.ts';
import { RETRYING, waysUnderLimit, waysWithoutLimit } from './ways.ts';
import { weigh } from './weigh.ts';

/** The median times of a request. The first is that of a fast service nearby. */
const LATENCIES_MS = [20, 100, 300];
const MOST_REPEATS = 20;
const CHART = join(import.meta.dirname, 'results/bench.svg');

const { values: options } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		repeats: { type: 'string' },
		json: { type: 'string' },
	},
});
const wanted = Number(options.repeats ?? (options.quick ? 1 : 3));
const repeats = Math.min(MOST_REPEATS, Math.max(1, Math.trunc(wanted) || 1));

const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-bench-'));
const bench = new Bench(folder);

let ending: Promise<void> | undefined;

/** Stops the processes that this script started. */
async function end(): Promise<void> {
	ending ??= (async () => {
		await bench.stop();
		await rm(folder, { recursive: true, force: true });
	})();
	await ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => void end().then(() => process.exit(1)));
}

function say(text: string): void {
	console.log(text);
}

/** The limits of a service: the period in seconds, and how many items exceed it. */
const LIMITED = [
	{ limit: { count: 50, seconds: 1 }, items: 200, quickItems: 100 },
	{ limit: { count: 600, seconds: 60 }, items: 700, quickItems: 700 },
];

async function compare(): Promise<Result[]> {
	const items = options.quick ? 300 : 500;
	const ways = waysWithoutLimit(bench.url);
	say('Warming up ...');
	const warmUp = { items: 100, conditions: { latencyMs: 20, limit: null }, repeats: 1 };
	await bench.run({ ...warmUp, ways }, () => undefined);
	const results: Result[] = [];
	for (const latencyMs of LATENCIES_MS) {
		say(`${items} items, ${latencyMs} ms ...`);
		// one after another takes minutes with longer latencies, and shows nothing new
		const some = ways.filter(({ way }) => latencyMs === LATENCIES_MS[0] || way !== 'sequential');
		const conditions = { latencyMs, limit: null };
		results.push(...(await bench.run({ ways: some, items, conditions, repeats }, say)));
	}
	for (const { limit, items: all, quickItems } of LIMITED) {
		say(`${limit.count} per ${limit.seconds} s ...`);
		const conditions = { latencyMs: 20, limit };
		// the others lose most items, as with 50 per second
		const some = waysUnderLimit(bench.url).filter(
			({ way }) => limit.seconds === 1 || way === 'node',
		);
		const count = options.quick ? quickItems : all;
		results.push(...(await bench.run({ ways: some, items: count, conditions, repeats }, say)));
	}
	return results;
}

try {
	say('Packing the package and starting n8n ...');
	const tarball = await pack(folder);
	const weight = await weigh(tarball, folder);
	await bench.start(tarball);
	const results = await compare();
	showTable(results, weight, say);
	showGoals(goals(results, weight), say);
	await mkdir(dirname(CHART), { recursive: true });
	await writeFile(CHART, chart(results));
	if (options.json) await writeFile(resolve(options.json), report(results, weight));
} finally {
	await end();
}

/** The content of the file of --json. */
function report(results: Result[], weight: object): string {
	const runs = results
		.filter(({ label }) => !label.endsWith(RETRYING))
		.map(({ label: _label, ...figures }) => figures);
	return `${JSON.stringify({ runs, ...weight }, undefined, '\t')}\n`;
}
