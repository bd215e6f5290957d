import { asOperationError } from '../../engine/errors';
import type { ApiResponse, HttpClient, Request } from '../../engine/http/client';
import { readChangedFlow } from './responses';
import type { DigaFlow } from './resource';

/**
 * The permissions of an API key: `workflows.view` and so on.
 * https://docs.diga.io/api-reference/openapi.json, Permission. Diga does not document which endpoint needs which one.
 */
type Permission = 'view' | 'create' | 'update' | 'delete';

/** A section of Diga's API: the first part of its permissions. */
type Section = 'agents' | 'calls' | 'messages' | 'phones' | 'webhooks' | 'workflows';

/** Sends requests to Diga, for the endpoints of one section of its API. */
export class DigaRequests {
	constructor(
		private readonly client: HttpClient,
		private readonly section: Section = 'workflows',
	) {}

	/** @throws OperationError that names the missing permission on status 403, because Diga's message may not */
	async send(permission: Permission, request: Request): Promise<ApiResponse> {
		try {
			return await this.client.send(request);
		} catch (thrown) {
			const error = asOperationError(thrown);
			if (error.details.status !== 403) throw error;
			throw error.withDescription(
				`The API key in the Diga API credential needs the permission ${this.section}.${permission}. A project administrator can grant it in the Diga dashboard under Settings > Project > API Keys.`,
			);
		}
	}

	async read(path: Request['path'], query?: Request['query']): Promise<ApiResponse> {
		return await this.send('view', { method: 'GET', path, query, effect: 'read' });
	}

	/** Reads what may not exist. @returns the response; its status is 404 if nothing was found */
	async find(path: Request['path'], query?: Request['query']): Promise<ApiResponse> {
		return await this.send('view', { method: 'GET', path, query, effect: 'read', accept: [404] });
	}

	/** Changes a flow. */
	async change(request: Request): Promise<DigaFlow> {
		return readChangedFlow(await this.send('update', request));
	}

	/** Runs a test. It has effects outside Diga, so it is never repeated. */
	async test(path: Request['path']): Promise<ApiResponse> {
		return await this.send('update', { method: 'POST', path, effect: 'write' });
	}
}
