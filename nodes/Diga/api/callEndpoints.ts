import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../../engine/errors';
import { readCursorList } from '../../engine/http/pagination';
import type { ReadList } from '../../engine/http/pagination';
import { pageQuery, readPage } from './pages';
import type { DigaPage, Order } from './pages';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import type { DigaResource } from './resource';
import { readCreated, readResource } from './responses';

export interface CallQuery {
	agent_id?: string;
	status?: string;
	type?: string;
	/** ISO 8601. */
	start_created_date?: string;
	/** ISO 8601. */
	end_created_date?: string;
	/** By creation. Newest first (`desc`) by default. */
	order?: Order;
}

export interface NewCall {
	/** A phone number of the project: E.164, or its ID. */
	from_number: string;
	/** E.164. */
	to_number: string;
	dynamic_variables?: IDataObject;
	agent_version_id?: string;
}

/** Diga's maximum, for calls and for messages. */
const PAGE_SIZE = 1000;

/** Calls and their transcripts. https://docs.diga.io/api-reference/openapi.json */
export class CallEndpoints {
	/**
	 * @param calls sends requests that need a permission for calls
	 * @param messages sends requests that need a permission for messages
	 */
	constructor(
		private readonly calls: DigaRequests,
		private readonly messages: DigaRequests,
	) {}

	/** @param limit results per page, 1000 at most */
	async list({
		limit = PAGE_SIZE,
		...query
	}: CallQuery & { after?: string; limit?: number } = {}): Promise<DigaPage<DigaResource>> {
		const parameters = { ...pageQuery(query), limit: Math.min(limit, PAGE_SIZE) };
		return readPage(await this.calls.read(paths.calls(), parameters), query.after);
	}

	async get(id: string): Promise<DigaResource> {
		return readResource(await this.calls.read(paths.call(id)));
	}

	/** Undefined if the call does not exist. */
	async find(id: string): Promise<DigaResource | undefined> {
		const response = await this.calls.find(paths.call(id));
		return response.status === 404 ? undefined : readResource(response);
	}

	/**
	 * Returns the transcript, oldest message first. Empty if the call has no messages: Diga then responds with 404 and
	 * the code NO_MESSAGES_FOR_CALL.
	 * @throws OperationError if the call does not exist
	 */
	async transcript(id: string): Promise<ReadList<DigaResource>> {
		return await readCursorList<DigaResource>({
			wanted: Infinity,
			idOf: (message) => message.id,
			load: async (after) => {
				const query = { ...pageQuery({ after }), order: 'asc', limit: PAGE_SIZE };
				const response = await this.messages
					.read(paths.callMessages(id), query)
					.catch(asOperationError);
				if (!(response instanceof OperationError)) return readPage(response, after);
				const { status, code } = response.details;
				const isEmpty = status === 404 && code === 'NO_MESSAGES_FOR_CALL' && after === undefined;
				if (isEmpty) return { results: [] };
				throw response;
			},
		});
	}

	/** Dials. Never sent twice, because each request dials a person. */
	async create(call: NewCall): Promise<DigaResource> {
		const path = paths.calls();
		const request = { method: 'POST', path, body: call, effect: 'write' } as const;
		return readCreated(await this.calls.send('create', request), 'call');
	}
}
