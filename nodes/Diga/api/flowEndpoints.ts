import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../../engine/errors';
import { readCursorList } from '../../engine/http/pagination';
import { readCreated, readObject, readResource } from './responses';
import { pageQuery, readPage } from './pages';
import type { DigaPage } from './pages';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import { isResource } from './resource';
import type { DigaFlow } from './resource';

export const flowStatuses = ['ENABLED', 'DISABLED'] as const;

export type FlowStatus = (typeof flowStatuses)[number];

export const flowCategories = [
	'call_launcher',
	'during_call',
	'empty',
	'post_call',
	'pre_call',
] as const;

export type FlowCategory = (typeof flowCategories)[number];

export interface FlowQuery {
	status?: FlowStatus;
	is_diga_trigger?: boolean;
	flow_category?: FlowCategory;
}

export interface NewTrigger {
	type: 'EMPTY' | 'PIECE_TRIGGER';
	displayName: string;
	settings: IDataObject;
}

/** Diga's maximum. */
const PAGE_SIZE = 30;

/** Flows and their triggers. */
export class FlowEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** Creates an empty flow as a draft. Names are not unique. */
	async create(name: string): Promise<DigaFlow> {
		const path = paths.flows();
		const request = { method: 'POST', path, body: { name }, effect: 'write' } as const;
		return readCreated(await this.requests.send('create', request), 'flow');
	}

	/** Returns the draft. The response does not show what is published. */
	async get(id: string): Promise<DigaFlow> {
		return readResource(await this.requests.read(paths.flow(id)));
	}

	/** As {@link get}, for a flow that may have been deleted. Undefined if it does not exist. */
	async find(id: string): Promise<DigaFlow | undefined> {
		const response = await this.requests.find(paths.flow(id));
		return response.status === 404 ? undefined : readResource(response);
	}

	/**
	 * Returns one page, newest first. Diga cannot search by name.
	 * @param keepRetryingMs how long to retry, in ms; the limit of the item by default
	 */
	async list(
		query: FlowQuery & { after?: string } = {},
		keepRetryingMs?: number,
	): Promise<DigaPage<DigaFlow>> {
		const response = await this.requests.send('view', {
			method: 'GET',
			path: paths.flows(),
			query: { ...pageQuery(query), limit: PAGE_SIZE },
			effect: 'read',
			keepRetryingMs,
		});
		return readPage(response, query.after);
	}

	/** Reads all flows of the project, page by page. `incomplete` says why the list is not complete. */
	async listAll(): Promise<{ resources: DigaFlow[]; incomplete?: string }> {
		const { results, incomplete } = await readCursorList<DigaFlow>({
			wanted: Infinity,
			idOf: ({ id }) => id,
			load: async (after) => await this.list({ after }),
		});
		return { resources: results, incomplete };
	}

	/** Deletes a flow permanently. IDs are never reused, so the request is safe to repeat. */
	async delete(id: string): Promise<void> {
		const request = {
			method: 'DELETE',
			path: paths.flow(id),
			effect: 'idempotent',
			acceptWhenRepeated: [404],
		} as const;
		const sent = await this.requests.send('delete', request).catch(asOperationError);
		if (!(sent instanceof OperationError)) return;
		if (!sent.details.outcomeUnknown) throw sent;
		await this.confirmDeleted(id, sent);
	}

	/** After a lost response: @throws OperationError unless Diga answers that the flow does not exist */
	private async confirmDeleted(id: string, lost: OperationError): Promise<void> {
		const found = await this.requests.find(paths.flow(id)).catch(asOperationError);
		if (found instanceof OperationError) {
			throw lost.withDescription(`The flow ${id} may have been deleted anyway. Check in Diga.`);
		}
		if (found.status === 404) return;
		const exists = isResource(found.body) && found.body.id === id;
		throw lost.withDescription(
			exists
				? `The flow ${id} still exists.`
				: `Diga does not show whether the flow ${id} still exists. Check in Diga.`,
		);
	}

	/** Renames the draft. The published name changes with the next publish. */
	async rename(id: string, name: string): Promise<DigaFlow> {
		const path = paths.rename(id);
		return await this.requests.change({
			method: 'PATCH',
			path,
			body: { name },
			effect: 'idempotent',
		});
	}

	/** Succeeds without a change if the flow was never published. */
	async setStatus(id: string, status: FlowStatus): Promise<DigaFlow> {
		const path = paths.status(id);
		return await this.requests.change({
			method: 'PATCH',
			path,
			body: { status },
			effect: 'idempotent',
		});
	}

	/** Publishes the draft. Whether this also enables the flow is not documented. */
	async publish(id: string): Promise<DigaFlow> {
		const path = paths.publish(id);
		return await this.requests.change({ method: 'POST', path, effect: 'idempotent' });
	}

	/** Replaces the draft with the published version. */
	async discardDraft(id: string): Promise<DigaFlow> {
		const path = paths.draft(id);
		return await this.requests.change({ method: 'POST', path, effect: 'idempotent' });
	}

	/** Overwrites the trigger and all steps of the draft. */
	async import(
		id: string,
		flow: { displayName: string; trigger: IDataObject; schemaVersion?: string },
	): Promise<DigaFlow> {
		const path = paths.import(id);
		return await this.requests.change({ method: 'POST', path, body: flow, effect: 'idempotent' });
	}

	/** Runs the whole flow on its sample data, including all effects outside Diga. Takes up to 120 s. */
	async test(id: string): Promise<IDataObject> {
		return readObject(await this.requests.test(paths.test(id)));
	}

	async updateTrigger(id: string, trigger: NewTrigger): Promise<DigaFlow> {
		const path = paths.trigger(id);
		return await this.requests.change({
			method: 'PATCH',
			path,
			body: trigger,
			effect: 'idempotent',
		});
	}

	async testTrigger(id: string): Promise<IDataObject> {
		return readObject(await this.requests.test(paths.triggerTest(id)));
	}
}
