import type { IDataObject } from 'n8n-workflow';
import { path } from '../../engine/http/path';
import type { PortableRequests } from './requests';
import type { PortableId, PortableListing, PortableResource } from './resource';
import { readObject, readResources } from './responses';

export const frequencies = ['manual', '24h', '12h', '6h', '1h', '30m', '15m'] as const;

/**
 * https://developer.portable.io/api-reference/flows/create-flow
 * Source and destination are required, although that page marks them as read-only.
 * Frequency and cron are mutually exclusive.
 */
export interface NewFlow {
	source: PortableId;
	destination: PortableId;
	displayName?: string;
	frequency?: (typeof frequencies)[number];
	cron?: string;
}

export class FlowEndpoints {
	constructor(private readonly requests: PortableRequests) {}

	async create(flow: NewFlow): Promise<PortableResource> {
		return await this.requests.create(path`/v2/flows`, flow);
	}

	/** Not documented, but used by public clients, which read one page. Whether there are more pages is not known. */
	async list(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.requests.list(path`/v2/flows`, keepRetryingMs);
	}

	/** As {@link SourceEndpoints.get}. */
	async get(id: PortableId): Promise<PortableResource> {
		const list = async () => await this.list();
		return await this.requests.find('flow', id, { one: path`/v2/flows/${id}`, list });
	}

	/**
	 * https://developer.portable.io/api-reference/flows/update-flow
	 * Source and destination are required, even to change only the name.
	 */
	async update(id: PortableId, flow: NewFlow): Promise<PortableResource> {
		return await this.requests.update(path`/v2/flows/${id}`, flow);
	}

	/** https://developer.portable.io/api-reference/flows/get-flow-status. The response has no envelope. */
	async status(id: PortableId): Promise<IDataObject> {
		return await this.requests.read(path`/v2/flows/${id}/status`);
	}

	/**
	 * Starts a run. Not documented, but used by public clients. The response has a message, but no run attempt.
	 * @throws OperationError with `outcomeUnknown` if the run may have started
	 */
	async run(id: PortableId): Promise<void> {
		await this.requests.send({
			method: 'POST',
			path: path`/v2/flows/${id}/run`,
			effect: 'write',
		});
	}

	/**
	 * One page of a flow's run attempts.
	 * https://developer.portable.io/api-reference/flows/get-flow-run-attempts
	 * @param query `limit` is 1000 or less
	 */
	async runAttempts(
		id: PortableId,
		query: { limit: number; offset: number; sort: 'asc' | 'desc' },
	): Promise<PortableResource[]> {
		const answer = await this.requests.send({
			method: 'GET',
			path: path`/v2/flows/${id}/run`,
			query,
			effect: 'read',
		});
		return readResources(answer).resources;
	}

	/**
	 * https://developer.portable.io/api-reference/flows/cancel-a-running-flow
	 * Succeeds without effect if the flow is not running.
	 */
	async cancel(id: PortableId): Promise<IDataObject> {
		const answer = await this.requests.send({
			method: 'POST',
			path: path`/v2/flows/${id}/cancel`,
			effect: 'idempotent',
		});
		return readObject(answer);
	}
}
