// What operations cost by the number of flows in a project. ACCOUNT_FIGURES=1 measures up to 100,000 flows, and writes
// test/bench/results/accounts.json:
//   ACCOUNT_FIGURES=1 node --expose-gc node_modules/jest/bin/jest.js --config test/jest.config.mjs --selectProjects engine --runInBand accountFigures
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeListSearchResult } from 'n8n-workflow';
import { accountGoals, CREATE, KNOWN, OPENED } from '../../bench/accountGoals.ts';
import type { AccountFigures } from '../../bench/accountGoals.ts';
import { isReached } from '../../bench/goals.ts';
import { activate, callMethod, run } from '../harness.ts';
import { credentials, diga, node, start } from './case.ts';

const isMeasuring = process.env.ACCOUNT_FIGURES === '1';
const SIZES = isMeasuring ? [10, 1000, 10_000, 100_000] : [10, 1000];
const RESULTS = join(import.meta.dirname, '../../bench/results/accounts.json');

/** Fills the sandbox with flows, one per minute until now. */
function fill(size: number): void {
	diga.reset();
	const now = Date.now();
	for (let number = 0; number < size; number++) {
		const created = new Date(now - (size - number) * 60_000).toISOString();
		diga.truth.flows.push({
			id: `flow${String(number).padStart(17, '0')}`,
			created,
			updated: created,
			draft: { name: `Flow ${number}`, trigger: null },
			status: 'ENABLED',
		});
	}
}

function usedMb(): number {
	global.gc?.();
	return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Measures an operation. */
async function measure(
	operation: string,
	size: number,
	work: () => Promise<unknown>,
): Promise<AccountFigures> {
	diga.requests.length = 0;
	const before = { requests: diga.arrived(), mb: usedMb() };
	let peakMb = before.mb;
	const sampling = setInterval(() => (peakMb = Math.max(peakMb, usedMb())), 250);
	await work().finally(() => {
		clearInterval(sampling);
	});
	diga.requests.length = 0;
	const after = usedMb();
	const round = (mb: number) => Math.max(0, Math.round((mb - before.mb) * 10) / 10);
	const requests = diga.arrived() - before.requests;
	return {
		operation,
		size,
		requests,
		peakMb: round(Math.max(peakMb, after)),
		keptMb: round(after),
	};
}

async function figures(size: number): Promise<AccountFigures[]> {
	fill(size);
	const { digaApi = {} } = credentials();
	// an account that the process has no index for
	const account = { digaApi: { ...digaApi, account: size } };
	const act = async (operation: string, parameters: object, items: object[] = [{}]) => {
		const steps = [start(items), node('flow', operation, parameters)];
		const { error } = await run(steps, account, { watch: false });
		expect(error).toBeUndefined();
	};
	const create = async (ifItAlreadyExists: string, names: string[]) => {
		const items = names.map((name) => ({ name }));
		await act('create', { name: '={{ $json.name }}', options: { ifItAlreadyExists } }, items);
	};
	const names = (count: number) => Array.from({ length: count }, (_, at) => `Flow ${at % size}`);
	const poller = activate('digaTrigger', account, {});
	const of: Array<[string, () => Promise<unknown>]> = [
		[
			CREATE,
			async () => {
				await create('createAnother', ['New']);
			},
		],
		[
			'Use the Existing One',
			async () => {
				await create('useExisting', names(1));
			},
		],
		[
			KNOWN,
			async () => {
				await create('useExisting', names(1));
			},
		],
		[
			'Use the Existing One, 100 items',
			async () => {
				await create('useExisting', names(100));
			},
		],
		[
			'Get Many, all',
			async () => {
				await act('getAll', { returnAll: true });
			},
		],
		[
			OPENED,
			async () =>
				await callMethod<INodeListSearchResult>('diga', 'listSearch.searchFlows', {
					credentials: account,
				}),
		],
		['Trigger, first poll', async () => await poller.poll()],
		['Trigger, next poll', async () => await poller.poll()],
	];
	const all: AccountFigures[] = [];
	for (const [operation, work] of of) all.push(await measure(operation, size, work));
	return all;
}

it('the requests of a create do not depend on the size of the account', async () => {
	const all: AccountFigures[] = [];
	for (const size of SIZES) all.push(...(await figures(size)));
	if (isMeasuring) writeFileSync(RESULTS, `${JSON.stringify(all, undefined, '\t')}\n`);
	expect(accountGoals(all).filter((goal) => !isReached(goal))).toEqual([]);
}, 600_000);
