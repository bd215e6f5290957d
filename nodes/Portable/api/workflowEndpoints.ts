import type { IDataObject } from 'n8n-workflow';
import { path } from '../../engine/http/path';
import type { PortableRequests } from './requests';
import type { PortableId } from './resource';

export class WorkflowEndpoints {
	constructor(private readonly requests: PortableRequests) {}

	/** https://developer.portable.io/api-reference/workflows/get-workflow-status */
	async status(id: PortableId): Promise<IDataObject> {
		return await this.requests.read(path`/v2/workflows/${id}/status`);
	}
}
