import { inputError } from '../../engine/errors';
import { isSegment, path } from '../../engine/http/path';

/** Segments that are other endpoints where an ID could stand. */
const RESERVED = ['connections', 'executions', 'piece', 'template'];

function flow(id: string): string {
	if (isSegment(id) && !RESERVED.includes(id)) return id;
	throw inputError(`Flow cannot be "${id}"`);
}

/**
 * Every path of https://docs.diga.io/api-reference/openapi.json that this package uses, slash for slash:
 * the collection of flows ends in one, and nothing else does. They moved within v1 before, hence one table.
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
	templateCopy: (id: string) => path`/v1/workflow/template/${id}/copy`,
};
