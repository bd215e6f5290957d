import type { HttpClient } from '../../engine/http/client';
import { AgentEndpoints } from './agentEndpoints';
import { BranchEndpoints } from './branchEndpoints';
import { CallEndpoints } from './callEndpoints';
import { ConnectionEndpoints } from './connectionEndpoints';
import { ExecutionEndpoints } from './executionEndpoints';
import { FlowEndpoints } from './flowEndpoints';
import { PhoneEndpoints } from './phoneEndpoints';
import { PieceEndpoints } from './pieceEndpoints';
import { DigaRequests } from './requests';
import { StepEndpoints } from './stepEndpoints';
import { TemplateEndpoints } from './templateEndpoints';
import { WebhookEndpoints } from './webhookEndpoints';

/**
 * The endpoints of Diga's API that this package uses, grouped by what they act on.
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

	readonly agents: AgentEndpoints;

	readonly phones: PhoneEndpoints;

	readonly calls: CallEndpoints;

	readonly webhooks: WebhookEndpoints;

	constructor(client: HttpClient) {
		const requests = new DigaRequests(client);
		this.flows = new FlowEndpoints(requests);
		this.steps = new StepEndpoints(requests);
		this.branches = new BranchEndpoints(requests);
		this.executions = new ExecutionEndpoints(requests);
		this.pieces = new PieceEndpoints(requests);
		this.connections = new ConnectionEndpoints(requests);
		this.templates = new TemplateEndpoints(requests);
		this.agents = new AgentEndpoints(new DigaRequests(client, 'agents'));
		this.phones = new PhoneEndpoints(new DigaRequests(client, 'phones'));
		this.calls = new CallEndpoints(
			new DigaRequests(client, 'calls'),
			new DigaRequests(client, 'messages'),
		);
		this.webhooks = new WebhookEndpoints(new DigaRequests(client, 'webhooks'));
	}
}
