import { join } from 'node:path';
import { chromium, selectors } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { appflow, diga, n8n, portable } from './case.ts';
import { owner, root } from './n8n.ts';
import { RECEPTION } from '../sandbox/diga/diga.ts';

/** Screenshots. UPDATE_IMAGES=1 renews those in docs/images. */
const images = join(root, process.env.UPDATE_IMAGES ? 'docs/images' : 'test/results');

describe('the editor', () => {
	const viewport = { width: 1440, height: 900 };
	let browser: Browser | undefined;
	let page: Page;

	beforeAll(async () => {
		await n8n.start();
		await n8n.signIn();
		// the attribute by which n8n's editor marks its elements for tests
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
		page = await browser.newPage({ viewport });
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

	/** Creates a resource in the sandbox directly. */
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

	/** A form that does not fit on the screen, from its credential on. */
	const longPicture = async (name: string, height: number) => {
		await page.setViewportSize({ ...viewport, height });
		await page.getByTestId('output-panel').click();
		await page.getByTestId('parameter-input-resource').scrollIntoViewIfNeeded();
		await picture(name);
		await page.setViewportSize(viewport);
	};

	/** Adds a node of the package to an empty canvas by an action of the node picker, as a user does. */
	const addNode = async (action: string, name = 'Portable', credential = 'dfPortableApi001') => {
		await page.goto(`${n8n.url}/workflow/new`);
		await page.getByTestId('node-creator-plus-button').click();
		await page.getByTestId('node-creator-search-bar').fill(name);
		const rows = page.getByTestId('item-iterator-item');
		await rows.filter({ hasText: name }).first().click();
		// on an empty canvas the picker shows triggers first
		await page.getByText(/^Actions \(\d+\)$/).click();
		await rows.filter({ hasText: action }).waitFor();
		if (name === 'Portable') await picture('node-picker');
		await rows.filter({ hasText: action }).click();
		await page.getByTestId('node-credentials-select').first().click();
		await page.getByTestId(`node-credentials-select-item-${credential}`).click();
	};

	it('lists the node in its picker with three resources, and shows a created source in the output panel', async () => {
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

	it('lists sources, and finds them by a part of their name', async () => {
		await n8n.execute('dfPortableSetUp1');
		await addNode('Create flow');
		await page.getByTestId('resource-locator-source').getByTestId('rlc-input').click();
		await page.getByTestId('rlc-search').fill('example');
		const row = page.getByTestId('rlc-item').filter({ hasText: 'Sales of Example Ltd' });
		await row.waitFor();
		expect(await row.innerText()).toContain(String(portable.truth.sources[0]?.id));
		await picture('pick-source');
	});

	it('pages through a long list, and finds a row by its ID', async () => {
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

	it('shows a form with the properties of the spec, and creates a source from it', async () => {
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

	it('shows the error message of the service, and advice', async () => {
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
		expect(await output.innerText()).toContain('The plan of the Portable account may not include');
		await picture('plan-limit');
	});

	/** Selects a row in the list of a resource locator. */
	const pick = async (locator: string, row: string, within: Page | Locator = page) => {
		await within.getByTestId(`resource-locator-${locator}`).getByTestId('rlc-input').click();
		await page.getByTestId('rlc-item').filter({ hasText: row }).click();
	};

	it('builds, publishes and enables a Diga flow from selected values', async () => {
		await addNode('Create and publish flow', 'Diga', 'dfDigaApi000001');
		await page.getByTestId('parameter-input-name').locator('input').fill('From the editor');
		await pick('piece', 'Diga');
		await pick('trigger', 'Call Finished');
		await page.getByTestId('fixed-collection-add').first().click();
		const step = page.getByTestId('fixed-collection-steps');
		await pick('piece', 'Diga', step);
		await pick('action', 'Return Call Data', step);
		await longPicture('diga-create-and-publish', 1300);
		await page.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByText('From the editor').first().waitFor();
		expect(diga.truth.flows).toMatchObject([{ status: 'ENABLED' }]);
	});

	it('creates a Diga flow and assigns it to a selected agent, whose calls then run it', async () => {
		await addNode('Create and publish flow', 'Diga', 'dfDigaApi000001');
		await page.getByTestId('parameter-input-name').locator('input').fill('Call summary');
		await pick('piece', 'Diga');
		await pick('trigger', 'Call Finished');
		const addOption = async (name: string) => {
			await page.getByTestId('collection-parameter-add').last().click();
			await page.getByTestId('collection-parameter-option').filter({ hasText: name }).click();
		};
		await addOption('Assign to Agent');
		const agents = page.getByTestId('parameter-input-assignToAgents');
		const reception = page.getByRole('option').filter({ hasText: 'Reception' });
		// the field ignores clicks while the editor loads the list
		for (let tries = 0; tries < 10 && !(await reception.isVisible()); tries++) {
			await agents.click();
			await reception.waitFor({ timeout: 3000 }).catch(() => undefined);
		}
		await reception.click();
		await page.keyboard.press('Escape');
		await addOption('Go Live');
		await page.getByTestId('parameter-input-goLive').click();
		await longPicture('diga-assign-to-agents', 1300);
		await page.getByTestId('node-execute-button').click();
		await page.getByTestId('output-panel').getByText('Call summary').first().waitFor();
		const [flow] = diga.truth.flows;
		expect(diga.call(RECEPTION)).toMatchObject([{ flowId: flow?.id, status: 'SUCCEEDED' }]);
	});

	it('shows a form with the input of an action of a piece', async () => {
		await addNode('Add step', 'Diga', 'dfDigaApi000001');
		await pick('piece', 'HTTP');
		await pick('action', 'Send Request');
		await page.getByTestId('parameter-input-url').waitFor();
		await longPicture('diga-step-form', 1300);
	});

	/** Selects an option of a parameter by its name. */
	const choose = async (parameter: string, option: string) => {
		await page.getByTestId(`parameter-input-${parameter}`).click();
		await page.getByRole('option').filter({ hasText: option }).first().click();
	};

	const enter = async (parameter: string, text: string) => {
		await page.getByTestId(`parameter-input-${parameter}`).locator('input').fill(text);
	};

	it('creates a flow of Amazon AppFlow from a selected connection, object and fields', async () => {
		await addNode('Create flow', 'Amazon AppFlow', 'dfAppFlowApi0001');
		await enter('flowName', 'contacts-to-lake');
		await choose('sourceConnector', 'Salesforce');
		await pick('sourceConnection', 'sf-prod');
		await pick('sourceObject', 'Contact');
		await enter('destinationBucketName', 'acme-lake');
		await choose('fields', 'Selected Fields');

		await page.getByText('Add field to send').click();
		await page.getByRole('menuitem').filter({ hasText: 'Email' }).click();
		await enter('Email', 'email');
		await longPicture('appflow-create', 1600);
		await page.getByTestId('node-execute-button').click();
		await page.getByTestId('output-panel').getByText('contacts-to-lake').first().waitFor();
		expect(appflow.truth.flows).toMatchObject([
			{
				flowName: 'contacts-to-lake',
				sourceFlowConfig: {
					connectorType: 'Salesforce',
					connectorProfileName: 'sf-prod',
					sourceConnectorProperties: { Salesforce: { object: 'Contact' } },
				},
				tasks: [
					{ taskType: 'Filter', sourceFields: ['Email'] },
					{ taskType: 'Map', sourceFields: ['Email'], destinationField: 'email' },
				],
			},
		]);
	});

	it('runs a flow that is selected from the list, and shows why the run failed', async () => {
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
