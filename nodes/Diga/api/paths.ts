import { inputError } from '../../engine/errors';
import { isSegment, path } from '../../engine/http/path';

/** Path segments of other endpoints. In place of a flow ID, they would address those. */
const RESERVED = ['connections', 'executions', 'piece', 'template'];

function flow(id: string): string {
	if (isSegment(id) && !RESERVED.includes(id)) return id;
	throw inputError(`Flow cannot be "${id}"`);
}

/** The same for agents. */
const RESERVED_FOR_AGENTS = ['template', 'versions-dropdown'];

function agent(id: string): string {
	if (isSegment(id) && !RESERVED_FOR_AGENTS.includes(id)) return id;
	throw inputError(`Agent cannot be "${id}"`);
}

/**
 * All paths that this package uses, from https://docs.diga.io/api-reference/openapi.json. The collections of flows,
 * agents, phones, calls and webhooks end in a slash; Diga redirects other spellings. They are in one table because Diga
 * has changed paths within v1.
 */
export const paths = {
	flows: () => path`/v1/workflow/`,
	flow: (id: string) => path`/v1/workflow/${flow(id)}`,
	rename: (id: string) => path`/v1/workflow/${flow(id)}/rename`,
	status: (id: string) => path`/v1/workflow/${flow(id)}/status`,
	publish: (id: string) => path`/v1/workflow/${flow(id)}/publish`,
	draft: (id: string) => path`/v1/workflow/${flow(id)}/draft`,
	import: (id: string) => path`/v1/workflow/${flow(id)}/import`,
	test: (id: string) => path`/v1/workflow/${flow(id)}/test`,
	trigger: (id: string) => path`/v1/workflow/${flow(id)}/trigger`,
	triggerTest: (id: string) => path`/v1/workflow/${flow(id)}/trigger/test`,
	actions: (id: string) => path`/v1/workflow/${flow(id)}/action`,
	action: (id: string, step: string) => path`/v1/workflow/${flow(id)}/action/${step}`,
	actionMove: (id: string) => path`/v1/workflow/${flow(id)}/action/move`,
	branches: (id: string) => path`/v1/workflow/${flow(id)}/branch`,
	branchDuplicate: (id: string) => path`/v1/workflow/${flow(id)}/branch/duplicate`,
	branchMove: (id: string) => path`/v1/workflow/${flow(id)}/branch/move`,
	stepTest: (id: string, step: string) => path`/v1/workflow/${flow(id)}/steps/${step}/test`,
	sampleData: (id: string, step: string) =>
		path`/v1/workflow/${flow(id)}/steps/${step}/sample-data`,
	executions: (id: string) => path`/v1/workflow/${flow(id)}/executions`,
	execution: (run: string) => path`/v1/workflow/executions/${run}`,
	pieces: () => path`/v1/workflow/piece`,
	piece: (name: string) => path`/v1/workflow/piece/${name}`,
	connections: () => path`/v1/workflow/connections`,
	templates: () => path`/v1/workflow/template`,
	template: (id: string) => path`/v1/workflow/template/${id}`,
	agents: () => path`/v1/agent/`,
	agent: (id: string) => path`/v1/agent/${agent(id)}`,
	agentVersion: (id: string) => path`/v1/agent/${agent(id)}/version`,
	agentVersions: () => path`/v1/agent/versions-dropdown/dashboard`,
	publishedVersion: (id: string) => path`/v1/agent/${agent(id)}/published_version`,
	phones: () => path`/v1/phone/`,
	templateCopy: (id: string) => path`/v1/workflow/template/${id}/copy`,
	calls: () => path`/v1/call/`,
	call: (id: string) => path`/v1/call/${id}`,
	callMessages: (id: string) => path`/v1/call/${id}/message`,
	webhooks: () => path`/v1/webhook/`,
	webhook: (id: string) => path`/v1/webhook/${id}`,
};
