// The editor's API of n8n, from 1.123 to 2.41. What differs between versions is here and in versions.ts.
import { setTimeout as pause } from 'node:timers/promises';
import type { Execution } from '../e2e/n8n.ts';
import { parseFlatted } from './flatted.ts';
import type { Version } from './versions.ts';

interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
}

/** A workflow as it is stored in the examples. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: object;
	settings?: object;
}

interface StoredWorkflow extends Workflow {
	id: string;
	versionId: string;
}

interface ExecutionSummary {
	id: string;
	status: string;
	mode: string;
}

/** A credential that n8n has stored. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** What the editor sends with a request for a list or a form. */
export interface EditorRequest {
	methodName: string;
	/** Path of the field, e.g. `parameters.source`. */
	path: string;
	/** Name of the node type without the package, e.g. `portable`. */
	node: string;
	parameters: Record<string, unknown>;
	credential: StoredCredential;
	filter?: string;
	paginationToken?: string;
}

const ENDED = ['success', 'error', 'canceled', 'crashed'];

/** A session of the owner. Requests that n8n rejects throw its status and answer. */
export class Rest {
	private readonly url: string;

	private readonly cookie: string;

	private readonly version: Version;

	constructor(url: string, cookie: string, version: Version) {
		this.url = url;
		this.cookie = cookie;
		this.version = version;
	}

	async addCredential(name: string, type: string, data: object): Promise<StoredCredential> {
		return await this.call('POST', 'credentials', { name, type, data });
	}

	/** @returns the result that the editor shows below the fields of a credential */
	async testCredential(
		credential: StoredCredential,
		data: object,
	): Promise<{ status: string; message: string }> {
		return await this.call('POST', 'credentials/test', {
			credentials: { ...credential, data },
		});
	}

	async addWorkflow({ name, nodes, connections, settings }: Workflow): Promise<StoredWorkflow> {
		const workflow = { name, nodes, connections, settings, active: false };
		return await this.call('POST', 'workflows', workflow);
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.call('GET', `workflows/${id}`);
	}

	/** Starts a workflow at its manual trigger, as the editor does. @returns the ID of the execution */
	async start(workflow: StoredWorkflow): Promise<string> {
		const [trigger] = workflow.nodes;
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`workflows/${workflow.id}/run`,
			// workflowData and startNodes are for 1.x and the first 2.x
			{ workflowData: workflow, startNodes: [], triggerToStartFrom: { name: trigger?.name } },
		);
		return executionId;
	}

	/** Waits until an execution of a workflow has ended. @throws if that takes longer than `seconds` */
	async ended(workflow: StoredWorkflow, execution: string, seconds = 60): Promise<Execution> {
		// 2.20 answers 500 to a request for an execution that is running; the list has its status
		const ended = async () =>
			(await this.executions(workflow)).some(
				({ id, status }) => id === execution && ENDED.includes(status),
			);
		for (let tries = 0; !(await ended()); tries++) {
			if (tries === seconds * 4) {
				throw new Error(`Execution ${execution} did not end within ${seconds} seconds`);
			}
			await pause(250);
		}
		const path = `executions/${execution}`;
		const { status, data } = await this.call<{ status: string; data: string }>('GET', path);
		return { status, data: parseFlatted(data) as Execution['data'] };
	}

	/** Stores a workflow, runs it, and waits until it has ended. */
	async run(workflow: Workflow): Promise<Execution> {
		const stored = await this.addWorkflow(workflow);
		return await this.ended(stored, await this.start(stored));
	}

	async stop(execution: string): Promise<void> {
		await this.call('POST', `executions/${execution}/stop`, {});
	}

	async activate({ id, versionId }: StoredWorkflow): Promise<void> {
		if (this.version.activation === 'publish') {
			await this.call('POST', `workflows/${id}/activate`, { versionId });
		} else {
			await this.call('PATCH', `workflows/${id}`, { active: true, versionId });
		}
	}

	async deactivate({ id, versionId }: StoredWorkflow): Promise<void> {
		if (this.version.activation === 'publish') {
			await this.call('POST', `workflows/${id}/deactivate`, {});
		} else {
			await this.call('PATCH', `workflows/${id}`, { active: false, versionId });
		}
	}

	/** The executions of a workflow, newest first. */
	async executions({ id }: StoredWorkflow): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = await this.call<{ results: ExecutionSummary[] }>(
			'GET',
			`executions?filter=${filter}`,
		);
		return results;
	}

	/** The rows of a picker. */
	async list(
		request: EditorRequest,
	): Promise<{ results: Array<{ name: string; value: unknown }>; paginationToken?: string }> {
		return await this.editor('resource-locator-results', request);
	}

	/** The fields of a form. */
	async form(
		request: EditorRequest,
	): Promise<{ fields: Array<{ id: string; type?: string; required: boolean }> }> {
		return await this.editor('resource-mapper-fields', request);
	}

	private async editor<T>(
		endpoint: string,
		{ node, parameters, credential, ...request }: EditorRequest,
	): Promise<T> {
		const { id, name, type } = credential;
		return await this.call('POST', `dynamic-node-parameters/${endpoint}`, {
			...request,
			nodeTypeAndVersion: { name: `n8n-nodes-dataflows.${node}`, version: 1 },
			currentNodeParameters: parameters,
			credentials: { [type]: { id, name } },
		});
	}

	private async call<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetch(`${this.url}/rest/${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} /rest/${path}: ${response.status} ${text}`);
		return (JSON.parse(text) as { data: T }).data;
	}
}
