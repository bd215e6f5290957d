import type { IExecuteFunctions } from 'n8n-workflow';
import { createHash, randomUUID } from 'node:crypto';

/** Its number counts how often the node has run in this execution, as in a loop; n8n's contexts have it, their type does not. */
function runIndexOf(context: IExecuteFunctions): number {
	return 'runIndex' in context && typeof context.runIndex === 'number' ? context.runIndex : 0;
}

/**
 * A token for one item of one run of one node, in one execution of one n8n: the same when n8n tries the node again
 * within the execution, and another in any other execution, by hand or in production.
 * Two n8n on one account are told apart, because a copied workflow keeps its IDs and executions are counted from 1.
 */
export function tokenFor(context: IExecuteFunctions, item: number, purpose = ''): string {
	const execution: unknown = context.getExecutionId();
	const names = [
		context.getInstanceId(),
		context.getWorkflow().id,
		// without an ID, executions must not be taken for one another
		typeof execution === 'string' ? execution : randomUUID(),
		context.getNode().id,
		runIndexOf(context),
		item,
		purpose,
	];
	return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32);
}
