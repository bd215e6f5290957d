import type { IDataObject } from 'n8n-workflow';
import { readCreated, readList, readResources } from './responses';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import type { DigaResource } from './resource';
import { without } from '../../engine/values';

export interface NewConnection {
	piece_name: string;
	display_name: string;
	type: string;
	value?: IDataObject;
}

/** The connections of a project, which steps refer to by external ID. */
export class ConnectionEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** @param keepRetryingMs how long to retry, in ms; the limit of the item by default */
	async list(keepRetryingMs?: number): Promise<DigaResource[]> {
		const path = paths.connections();
		const request = { method: 'GET', path, effect: 'read', keepRetryingMs } as const;
		const response = await this.requests.send('view', request);
		return readResources(readList(response), response.status);
	}

	/** Returns the new connection without its value, even if Diga's response contains it. */
	async create(connection: NewConnection): Promise<DigaResource> {
		const path = paths.connections();
		const request = { method: 'POST', path, body: connection, effect: 'write' } as const;
		const response = await this.requests.send('create', request);
		return without(readCreated(response, 'connection'), 'value');
	}
}
