import type { IDataObject } from 'n8n-workflow';
import { readObject, readResource } from './responses';
import { pageQuery, readPage } from './pages';
import type { DigaPage } from './pages';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import type { DigaResource } from './resource';
import { without } from '../../engine/values';

export interface ExecutionQuery {
	status?: string;
	/** ISO 8601. */
	created_after?: string;
	/** ISO 8601. */
	created_before?: string;
}

/** Diga's maximum. */
const PAGE_SIZE = 30;

/** The executions of flows. */
export class ExecutionEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** Returns one page of a flow's executions, newest first. */
	async list(
		flow: string,
		query: ExecutionQuery & { after?: string } = {},
	): Promise<DigaPage<DigaResource>> {
		const parameters = { ...pageQuery(query), limit: PAGE_SIZE };
		return readPage(await this.requests.read(paths.executions(flow), parameters), query.after);
	}

	/** Returns an execution with the output of each step. */
	async get(id: string): Promise<IDataObject> {
		return readObject(await this.requests.read(paths.execution(id)));
	}

	/** Returns an execution as the list shows it, without the output of its steps. Undefined if it does not exist. */
	async find(id: string): Promise<DigaResource | undefined> {
		const response = await this.requests.find(paths.execution(id));
		if (response.status === 404) return undefined;
		return without(readResource(response), 'steps');
	}
}
