import { setTimeout as pause } from 'node:timers/promises';
import { readExample } from '../examples.ts';
import type { ExampleWorkflow } from '../examples.ts';
import type { RealN8n } from '../n8n.ts';

/** The example that onboards a customer for each call of its webhook, records it, and onboards again after a crash. */
export const ONBOARDING = 'dfPortableHook01';

/** The credential of n8n's own API in the example. */
const N8N_API_CREDENTIAL = 'dfN8nApi00000001';

/** The maximum of n8n's API for a page of executions. */
const PAGE = 250;

/** The names of the customers in an example whose node *Customers* has a list. */
export async function customersOf(file: string): Promise<string[]> {
	const { nodes } = await readExample(file);
	const json = nodes.find(({ name }) => name === 'Customers')?.parameters.jsonOutput;
	return (JSON.parse(String(json)) as { customers: string[] }).customers;
}

/** The example for an n8n on this port. */
export async function onboardingExample(port: number): Promise<ExampleWorkflow> {
	const example = JSON.stringify(await readExample('onboard-portable-customers-by-webhook.json'));
	return JSON.parse(example.replace('localhost:5678', `127.0.0.1:${port}`)) as ExampleWorkflow;
}

/** An execution, as n8n's API shows it. */
interface StoredExecution {
	id: string;
	status: string;
	mode: string;
	startedAt: string;
	stoppedAt: string;
}

/** Uses the examples of onboarding in a running n8n, over HTTP. */
export class Onboarding {
	private readonly n8n: RealN8n;

	private cookie = '';

	private apiKey = '';

	private constructor(n8n: RealN8n) {
		this.n8n = n8n;
	}

	/** Signs in, and creates a key for n8n's API. */
	static async in(n8n: RealN8n): Promise<Onboarding> {
		const onboarding = new Onboarding(n8n);
		onboarding.cookie = await n8n.signIn();
		const { rawApiKey } = await onboarding.rest<{ rawApiKey: string }>('api-keys', {
			label: 'Examples',
			expiresAt: null,
			scopes: ['execution:read', 'execution:list'],
		});
		onboarding.apiKey = rawApiKey;
		return onboarding;
	}

	/** Creates the Data Table, as a user does who runs the workflow by hand. */
	async createLedger(): Promise<void> {
		await this.run('When clicking ‘Execute workflow’');
	}

	/** Calls the webhook. @returns the status of the response; 202 means that the customer is recorded */
	async onboard(customer: string): Promise<number> {
		const domain = `${customer.toLowerCase().replace(/\W+/g, '-')}.freshsales.io`;
		const response = await fetch(`${this.n8n.url}/webhook/onboard-customer`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ customer, domain }),
		});
		await response.arrayBuffer();
		return response.status;
	}

	/** Creates the credential with which the example asks n8n for the status of executions. */
	async connectApi(): Promise<void> {
		const credential = { id: N8N_API_CREDENTIAL, name: 'n8n account', type: 'n8nApi' };
		const data = { apiKey: this.apiKey, baseUrl: `${this.n8n.url}/api/v1` };
		await this.n8n.importCredentials([{ ...credential, data }]);
	}

	/** Onboards again whom n8n has failed to onboard, as the schedule does. */
	async onboardAgain(): Promise<void> {
		await this.run('Every Five Minutes');
	}

	/** Waits until this many executions that the webhook has started have a status. @returns all that have ended */
	async count(status: string, count: number, seconds = 60): Promise<StoredExecution[]> {
		for (let tries = 0; tries < seconds; tries++) {
			const all = await this.executions();
			if (all.filter((execution) => execution.status === status).length >= count) return all;
			await pause(1000);
		}
		throw new Error(`Fewer than ${count} executions have the status ${status}`);
	}

	/** The executions that the webhook has started and that have ended, by n8n's API. */
	private async executions(): Promise<StoredExecution[]> {
		const { data } = await this.api<{ data: StoredExecution[] }>(
			`executions?workflowId=${ONBOARDING}&limit=${PAGE}`,
		);
		return data.filter(({ mode }) => mode === 'webhook');
	}

	/**
	 * Runs a workflow from a trigger, as a user does in the editor.
	 * @returns how long the execution took, in ms
	 * @throws Error if it does not succeed
	 */
	async run(trigger: string, workflow = ONBOARDING, seconds = 60): Promise<number> {
		const { executionId } = await this.rest<{ executionId: string }>(`workflows/${workflow}/run`, {
			triggerToStartFrom: { name: trigger },
		});
		for (let tries = 0; tries < seconds * 2; tries++) {
			const execution = await this.api<StoredExecution>(`executions/${executionId}`);
			const { status, startedAt, stoppedAt } = execution;
			if (status === 'success') return Date.parse(stoppedAt) - Date.parse(startedAt);
			if (['error', 'crashed', 'canceled'].includes(status)) break;
			await pause(500);
		}
		throw new Error(`The execution ${executionId} did not succeed`);
	}

	/** Calls n8n's public API. It does not send the data of executions, which can be large. */
	private async api<T>(path: string): Promise<T> {
		const response = await fetch(`${this.n8n.url}/api/v1/${path}`, {
			headers: { 'X-N8N-API-KEY': this.apiKey },
		});
		if (!response.ok) throw new Error(`n8n's API answered ${response.status} to ${path}`);
		return (await response.json()) as T;
	}

	private async rest<T>(path: string, body?: object): Promise<T> {
		const response = await fetch(`${this.n8n.url}/rest/${path}`, {
			method: body ? 'POST' : 'GET',
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${path}: ${text}`);
		return (JSON.parse(text) as { data: T }).data;
	}
}
