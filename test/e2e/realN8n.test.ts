import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, selectors } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { startAll } from '../sandbox/all.ts';
import type { Sandboxes } from '../sandbox/all.ts';
import { startPortable } from '../sandbox/portable.ts';
import type { PortableSandbox } from '../sandbox/portable.ts';
import { exampleFiles, portableCredential, readExample, sandboxCredentials } from './examples.ts';
import { owner, pack, RealN8n, root } from './n8n.ts';
import type { Execution } from './n8n.ts';

jest.setTimeout(180_000);

/** Kept after the run; the README shows those in docs/images, which UPDATE_IMAGES=1 renews. */
const images = join(root, process.env.UPDATE_IMAGES ? 'docs/images' : 'test/results');

let folder: string;
let portable: PortableSandbox;
let diga: Sandboxes['diga'];
let sandboxes: Sandboxes & { stop: () => Promise<void> };
let n8n: RealN8n;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-e2e-'));
	sandboxes = await startAll();
	({ diga, portable } = sandboxes);
	n8n = new RealN8n(folder);
	await n8n.install(await pack(folder));
	await n8n.importCredentials(sandboxCredentials(sandboxes));
	await n8n.importWorkflows(await Promise.all(exampleFiles.map(readExample)));
});

afterAll(async () => {
	await n8n.stop();
	await sandboxes.stop();
	await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
	portable.reset();
	diga.reset();
});

function items({ data }: Execution, node: string) {
	return data.resultData.runData[node]?.[0]?.data?.main[0] ?? [];
}

describe('the packed package in a real n8n, by its command line', () => {
	it('sets up a Portable flow: the outputs are what the service holds', async () => {
		const execution = await n8n.execute('dfPortableSetUp1');
		expect(execution.data.resultData.error).toBeUndefined();
		const { sources, destinations, flows } = portable.truth;
		expect([sources.length, destinations.length, flows.length]).toEqual([1, 1, 1]);
		expect(items(execution, 'Create Source')[0]?.json).toMatchObject({
			id: sources[0]?.id,
			displayName: 'Sales of Example Ltd',
			properties: { domain: 'example-ltd.freshsales.io' },
		});
		expect(items(execution, 'Create Destination')[0]?.json).toMatchObject({
			id: destinations[0]?.id,
			properties: { account: 'example-ltd', port: 443, use_ssl: true },
		});
		expect(items(execution, 'Create Flow')[0]?.json).toEqual(flows[0]);
		expect(flows[0]).toMatchObject({
			source: sources[0]?.id,
			destination: destinations[0]?.id,
			displayName: 'Flow of Sales of Example Ltd',
			frequency: '24h',
		});
	});

	it('sets up ten customers; run again, it creates nothing twice', async () => {
		const first = await n8n.execute('dfPortableBatch1');
		const second = await n8n.execute('dfPortableBatch1');
		const { sources, destinations, flows } = portable.truth;
		expect([sources.length, destinations.length, flows.length]).toEqual([10, 1, 10]);
		for (const execution of [first, second]) {
			expect(items(execution, 'Create Flow').map(({ json }) => json)).toEqual(
				expect.arrayContaining(flows),
			);
			expect(items(execution, 'Create Flow').map(({ json }) => json.source)).toEqual(
				items(execution, 'Create Source').map(({ json }) => json.id),
			);
			expect(items(execution, 'Create Flow').map(({ pairedItem }) => pairedItem)).toEqual(
				Array.from({ length: 10 }, (_, item) => ({ item })),
			);
		}
	});

	it('onboards a customer end to end, and branches on the result of the run', async () => {
		const ready = await n8n.execute('dfPortableOnb001');
		expect(items(ready, 'Say That It Is Ready')).toMatchObject([
			{ json: { id: portable.truth.runs[0]?.id, disposition: 'SUCCEEDED' } },
		]);
		portable.runs({ errors: ['The domain does not answer'] });
		const failed = await n8n.execute('dfPortableOnb001');
		expect(items(failed, 'Say What Went Wrong')).toMatchObject([
			{ json: { disposition: 'FAILED', errors: ['The domain does not answer'] } },
		]);
		const { sources, flows, runs } = portable.truth;
		expect([sources.length, flows.length, runs.length]).toEqual([1, 1, 2]);
	});

	it('checks all flows, and reports those that failed, with their errors and names', async () => {
		await n8n.execute('dfPortableBatch1');
		for (const [index, flow] of portable.truth.flows.entries()) {
			const failed = index === 3 || index === 7;
			portable.truth.runs.push({
				id: 1000 + index,
				flow: flow.id,
				trigger: 'scheduled',
				lifecycle: 'NOT_RUNNING',
				disposition: failed ? 'FAILED' : 'SUCCEEDED',
				errors: failed ? ['No access'] : null,
				completedAt: null,
				createdAt: new Date().toISOString(),
			});
		}
		const execution = await n8n.execute('dfPortableHlt001');
		expect(items(execution, 'Report').map(({ json }) => json)).toEqual([
			{ flow: 'Delta to Data Lake', errors: ['No access'] },
			{ flow: 'Harbour to Data Lake', errors: ['No access'] },
		]);
	});

	it('takes an empty canvas to an enabled Diga flow in one node; run again, it uses it', async () => {
		for (const execution of [
			await n8n.execute('dfDigaPostCall01'),
			await n8n.execute('dfDigaPostCall01'),
		]) {
			expect(execution.data.resultData.error).toBeUndefined();
			expect(items(execution, 'Result').map(({ json }) => json)).toEqual([
				{ flow: diga.truth.flows[0]?.id, status: 'ENABLED', customer: 'Example Ltd' },
			]);
		}
		expect(diga.truth.flows).toHaveLength(1);
		expect(JSON.stringify(diga.truth.flows[0]?.published)).toContain(
			'"input":{"channel":"#calls-example","text":"{{step_1.body.summary}}"}',
		);
	});

	it('keeps the token out of everything that a run leaves behind', async () => {
		portable.misbehave({
			method: 'POST',
			kind: 'answer',
			status: 401,
			body: '{"message": "Unauthorized"}',
		});
		const execution = await n8n.execute('dfPortableSetUp1').catch(String);
		expect(JSON.stringify(execution)).toContain('Unauthorized [Item 0]');
		expect(JSON.stringify(execution)).not.toContain(portable.token);
	});
});

describe('the trigger in an active workflow of a real n8n', () => {
	let watched: PortableSandbox;
	let lastRun = 5000;

	beforeAll(async () => {
		watched = await startPortable();
		const id = 'dfPortableApi002';
		await n8n.importCredentials([portableCredential(watched.url, watched.token, id)]);
		await n8n.importWorkflows([await tracing('collect-errors-of-failed-portable-runs.json', id)]);
		await n8n.publish('dfPortableTrc001');
		await n8n.publish('dfDigaFailed0001');
		const createdAt = new Date().toISOString();
		for (const flow of [1, 2, 3]) {
			watched.truth.flows.push({
				id: flow,
				source: 1,
				destination: 2,
				displayName: `Flow ${flow}`,
				disabled: false,
				createdAt,
				updatedAt: createdAt,
			});
		}
	});

	afterAll(async () => {
		await watched.stop();
	});

	const ends = (flow: number, disposition: 'FAILED' | 'SUCCEEDED' = 'FAILED') => {
		watched.truth.runs.push({
			id: ++lastRun,
			flow,
			trigger: 'scheduled',
			lifecycle: 'NOT_RUNNING',
			disposition,
			errors: disposition === 'FAILED' ? [`Error ${lastRun}`] : null,
			completedAt: null,
			createdAt: new Date().toISOString(),
		});
	};

	const digaFlow = async () => {
		const response = await fetch(`${diga.url}/v1/workflow/`, {
			method: 'POST',
			headers: { authorization: `Bearer ${diga.token}`, 'content-type': 'application/json' },
			body: '{"name": "Call summary"}',
		});
		return ((await response.json()) as { id: string }).id;
	};

	/** An execution that ended badly. @returns its ID */
	const fails = (flow: string) =>
		diga.start(flow, { status: 'FAILED', runningAfterMs: 0, finishedAfterMs: 0 }).id;

	/** The executions that the workflow was started for, which it then looks up. */
	const lookedUp = () =>
		diga.requests
			.map(({ path }) => path)
			.filter((path) => path.startsWith('/v1/workflow/executions/'));

	/** What the workflow left of each run that it was started for, when nothing more comes of it. */
	const traces = async (wanted: number) => {
		const { sources } = watched.truth;
		for (let tries = 0; sources.length < wanted && tries < 180; tries++) await pause(500);
		await pause(1500);
		return sources.map(({ displayName }) => displayName);
	};

	const starts = async () => {
		const asked = () => watched.requests.filter(({ path }) => path === '/v2/flows').length;
		const before = asked();
		await n8n.start();
		for (let tries = 0; asked() === before && tries < 120; tries++) await pause(500);
		expect(asked()).toBeGreaterThan(before);
		await pause(1500);
	};

	it('reports each failed run once: of those that ended while n8n was down, and by its own polls', async () => {
		const flow = await digaFlow();
		ends(1);
		fails(flow);
		await starts();
		expect(await traces(0)).toEqual([]);
		await n8n.stop();
		const failed = fails(flow);
		ends(1);
		ends(2, 'SUCCEEDED');
		ends(3);
		await starts();
		expect(await traces(2)).toEqual(['Flow 1: Error 5002', 'Flow 3: Error 5004']);
		expect(lookedUp()).toEqual([`/v1/workflow/executions/${failed}`]);
		await n8n.stop();
		await starts();
		expect(await traces(2)).toHaveLength(2);
		// the next one is for the poll of the next minute
		ends(2);
		expect((await traces(3)).slice(2)).toEqual(['Flow 2: Error 5005']);
		expect(lookedUp()).toHaveLength(1);
	});
});

/** An example with one more node, which leaves a trace of each of its results: a source in the sandbox. */
async function tracing(file: string, credential: string) {
	const example = await readExample(file);
	const credentials = { portableApi: { id: credential, name: 'Portable account' } };
	const trace = {
		id: 'trace',
		name: 'Trace',
		type: 'n8n-nodes-dataflows.portable',
		typeVersion: 1,
		position: [660, 0],
		parameters: {
			resource: 'source',
			operation: 'create',
			sourceSpec: { __rl: true, mode: 'name', value: 'undescribed' },
			displayName: '={{ $json.flow }}: {{ $json.errors[0] }}',
			options: {},
		},
		credentials,
	};
	return {
		...example,
		id: 'dfPortableTrc001',
		nodes: [
			...example.nodes.map((node) => ({ ...node, ...('credentials' in node && { credentials }) })),
			trace,
		],
		connections: {
			...example.connections,
			Report: { main: [[{ node: 'Trace', type: 'main', index: 0 }]] },
		},
	};
}

describe('the editor', () => {
	let browser: Browser | undefined;
	let page: Page;

	beforeAll(async () => {
		await n8n.start();
		await n8n.signIn();
		// as n8n's editor marks its parts
		selectors.setTestIdAttribute('data-test-id');
		browser = await chromium.launch({
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		});
		page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		page.setDefaultTimeout(30_000);
		await page.goto(`${n8n.url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', owner.email);
		await page.fill('input[name=password]', owner.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/home|workflow/);
	});

	afterAll(async () => {
		await browser?.close();
	});

	/** Creates something in the sandbox, past the nodes. */
	const create = async (kind: string, body: object) => {
		const response = await fetch(`${portable.url}/v2/${kind}s`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${portable.token}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify(body),
		});
		expect(response.status).toBe(201);
	};

	const picture = async (name: string) => {
		await page.screenshot({ path: join(images, `${name}.png`) });
	};

	/** Adds a node of ours to an empty canvas by one of the actions that the node picker shows, as a user would. */
	const addNode = async (action: string, name = 'Portable', credential = 'dfPortableApi001') => {
		await page.goto(`${n8n.url}/workflow/new`);
		await page.getByTestId('node-creator-plus-button').click();
		await page.getByTestId('node-creator-search-bar').fill(name);
		const rows = page.getByTestId('item-iterator-item');
		await rows.filter({ hasText: name }).first().click();
		// on an empty canvas the triggers are shown first, and the actions on demand
		await page.getByText(/^Actions \(\d+\)$/).click();
		await rows.filter({ hasText: action }).waitFor();
		if (name === 'Portable') await picture('node-picker');
		await rows.filter({ hasText: action }).click();
		await page.getByTestId('node-credentials-select').first().click();
		await page.getByTestId(`node-credentials-select-item-${credential}`).click();
	};

	it('has the node in its picker with three resources; a created source appears in the output panel', async () => {
		await addNode('Create source');
		await page.getByTestId('parameter-input-resource').click();
		const options = page.getByRole('option');
		await options.filter({ hasText: 'Source' }).waitFor();
		expect(await options.allInnerTexts()).toEqual(
			expect.arrayContaining(['Destination', 'Flow', 'Source']),
		);
		await options.filter({ hasText: 'Source' }).click();

		const spec = page.getByTestId('resource-locator-sourceSpec').getByTestId('rlc-input');
		await spec.locator('input').or(spec).last().fill('google_calendar');
		await page.getByTestId('parameter-input-displayName').locator('input').fill('From the editor');
		await page.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByText('From the editor').waitFor();

		const [source] = portable.truth.sources;
		expect(source).toMatchObject({
			displayName: 'From the editor',
			spec: { name: 'google_calendar' },
		});
		expect(await output.innerText()).toContain(String(source?.id));
		await picture('create-source');
	});

	it('lists sources to pick from, found by a part of their name', async () => {
		await n8n.execute('dfPortableSetUp1');
		await addNode('Create flow');
		await page.getByTestId('resource-locator-source').getByTestId('rlc-input').click();
		await page.getByTestId('rlc-search').fill('example');
		const row = page.getByTestId('rlc-item').filter({ hasText: 'Sales of Example Ltd' });
		await row.waitFor();
		expect(await row.innerText()).toContain(String(portable.truth.sources[0]?.id));
		await picture('pick-source');
	});

	it('pages through a long list, and finds a row that is far down by its ID', async () => {
		await create('source', { sourceSpec: 'undescribed', displayName: 'Source' });
		const [first] = portable.truth.sources;
		if (!first) throw new Error('There is no source');
		for (let id = 1; id <= 250; id++) portable.truth.sources.push({ ...first, id });
		await addNode('Create flow');
		await page.getByTestId('resource-locator-source').getByTestId('rlc-input').click();
		const rows = page.getByTestId('rlc-item');
		await rows.first().waitFor();
		expect(await rows.count()).toBe(100);
		await rows.last().scrollIntoViewIfNeeded();
		await rows.nth(100).waitFor();
		await page.getByTestId('rlc-search').fill('(249)');
		await rows.filter({ hasText: '(249)' }).waitFor();
		expect(await rows.count()).toBe(1);
	});

	it('shows a form of what the chosen spec asks for, and creates a source from it', async () => {
		const chosen = 'everything';
		await create('source', { sourceSpec: chosen, displayName: 'First', properties: {} });
		await addNode('Create source');
		const spec = page.getByTestId('resource-locator-sourceSpec');
		await spec.getByTestId('rlc-mode-selector').click();
		await page.getByTestId('mode-list').click();
		await spec.getByTestId('rlc-input').click();
		await page.getByTestId('rlc-item').filter({ hasText: chosen }).click();
		await page.getByTestId('parameter-input-specifyProperties').click();
		await page.getByRole('option').filter({ hasText: 'Using a Form' }).click();
		const field = (name: string) => page.getByTestId(`parameter-input-${name}`);
		await field('title').locator('input').fill('From a form');
		await field('api_key').locator('input').fill('key');
		await field('limit').locator('input').fill('7');
		await field('title').scrollIntoViewIfNeeded();
		await picture('property-form');
		await page.getByTestId('node-execute-button').click();
		await page.getByTestId('output-panel').getByText('From a form').waitFor();
		expect(portable.truth.sources[1]?.properties).toEqual({
			title: 'From a form',
			api_key: 'key',
			limit: 7,
		});
	});

	it('shows what the service said when a node fails, and what to do', async () => {
		await page.goto(`${n8n.url}/workflow/dfPortableSetUp1`);
		await page.locator('[data-test-id="canvas-node"][data-node-name="Create Flow"]').waitFor();
		await picture('workflow');
		portable.misbehave({
			method: 'POST',
			kind: 'answer',
			status: 403,
			body: '{"message": "Your current plan does not support this feature"}',
		});
		await page.locator('[data-test-id="canvas-node"][data-node-name="Create Source"]').dblclick();
		await page.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByTestId('node-error-message').waitFor();
		await page.getByTestId('node-execute-button').getByText('Execute step').waitFor();
		expect(await output.innerText()).toContain(
			'Your current plan does not support this feature [Item 0]',
		);
		expect(await output.innerText()).toContain('The plan of the Portable account limits');
		await picture('plan-limit');
	});

	/** Picks a row of the list of a resource locator. */
	const pick = async (locator: string, row: string, within: Page | Locator = page) => {
		await within.getByTestId(`resource-locator-${locator}`).getByTestId('rlc-input').click();
		await page.getByTestId('rlc-item').filter({ hasText: row }).click();
	};

	it('builds, publishes and enables a Diga flow from what is picked', async () => {
		await addNode('Create and publish flow', 'Diga', 'dfDigaApi000001');
		await page.getByTestId('parameter-input-name').locator('input').fill('From the editor');
		await pick('piece', 'Diga');
		await pick('trigger', 'Call Finished');
		await page.getByTestId('fixed-collection-add').first().click();
		const step = page.getByTestId('fixed-collection-steps');
		await pick('piece', 'Diga', step);
		await pick('action', 'Return Call Data', step);
		await picture('diga-create-and-publish');
		await page.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByText('From the editor').first().waitFor();
		expect(diga.truth.flows).toMatchObject([{ status: 'ENABLED' }]);
	});

	it('shows a form of what an action of a piece asks for', async () => {
		await addNode('Add step', 'Diga', 'dfDigaApi000001');
		await pick('piece', 'HTTP');
		await pick('action', 'Send Request');
		await page.getByTestId('parameter-input-url').waitFor();
		await picture('diga-step-form');
	});

	it('runs a flow that was picked from the list, and shows why the run failed', async () => {
		await n8n.execute('dfPortableSetUp1');
		portable.runs({ runningMs: 300, errors: ['The warehouse is full'] });
		await addNode('Run flow');
		await page.getByTestId('resource-locator-flow').getByTestId('rlc-input').click();
		await page.getByTestId('rlc-item').filter({ hasText: 'Flow of Sales of Example Ltd' }).click();
		await page.getByTestId('parameter-input-waitForCompletion').click();
		await page.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByTestId('node-error-message').waitFor();
		expect(await output.innerText()).toContain('The warehouse is full [Item 0]');
		await page.getByTestId('node-execute-button').getByText('Execute step').waitFor();
		await picture('failed-run');
	});
});
