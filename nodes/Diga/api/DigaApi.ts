import type { HttpClient } from '../../engine/http/client';
import { BranchEndpoints } from './branches';
import { ConnectionEndpoints } from './connections';
import { ExecutionEndpoints } from './executions';
import { FlowEndpoints } from './flows';
import { PieceEndpoints } from './pieces';
import { DigaRequests } from './requests';
import { StepEndpoints } from './steps';
import { TemplateEndpoints } from './templates';

/**
 * The endpoints of Diga's workflow API that this package uses, grouped by what they act on.
 * https://docs.diga.io/api-reference/openapi.json
 */
export class DigaApi {
	readonly flows: FlowEndpoints;

	readonly steps: StepEndpoints;

	readonly branches: BranchEndpoints;

	readonly executions: ExecutionEndpoints;

	readonly pieces: PieceEndpoints;

	readonly connections: ConnectionEndpoints;

	readonly templates: TemplateEndpoints;

	constructor(client: HttpClient) {
		const requests = new DigaRequests(client);
		this.flows = new FlowEndpoints(requests);
		this.steps = new StepEndpoints(requests);
		this.branches = new BranchEndpoints(requests);
		this.executions = new ExecutionEndpoints(requests);
		this.pieces = new PieceEndpoints(requests);
		this.connections = new ConnectionEndpoints(requests);
		this.templates = new TemplateEndpoints(requests);
	}
}
