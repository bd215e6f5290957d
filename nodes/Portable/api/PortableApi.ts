import type { HttpClient } from '../../engine/http/client';
import { DestinationEndpoints } from './destinationEndpoints';
import { FlowEndpoints } from './flowEndpoints';
import { PortableRequests } from './requests';
import { SourceEndpoints } from './sourceEndpoints';
import { WorkflowEndpoints } from './workflowEndpoints';

/** The endpoints of Portable that this package uses, grouped by what they act on: https://developer.portable.io */
export class PortableApi {
	readonly sources: SourceEndpoints;

	readonly destinations: DestinationEndpoints;

	readonly flows: FlowEndpoints;

	readonly workflows: WorkflowEndpoints;

	constructor(client: HttpClient) {
		const requests = new PortableRequests(client);
		this.sources = new SourceEndpoints(requests);
		this.destinations = new DestinationEndpoints(requests);
		this.flows = new FlowEndpoints(requests);
		this.workflows = new WorkflowEndpoints(requests);
	}
}
