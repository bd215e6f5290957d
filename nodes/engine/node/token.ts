import type { IExecuteFunctions } from 'n8n-workflow';
import { createHash, randomUUID } from 'node:crypto';

/** How often the node has run in this execution, e.g. in a loop. n8n's contexts have this number, but their type does not. */
function runIndexOf(context: IExecuteFunctions): number {
	return 'runIndex' in context && typeof context.runIndex === 'number' ? context.runIndex : 0;
}

/**
 * Returns a token for one item of one node run in one execution. It is the same if n8n retries the node in the same
 * execution, and different in any other execution. It includes the n8n instance, because a copied workflow keeps its
 * IDs, and each instance counts executions from 1.
 */
export function tokenFor(context: IExecuteFunctions, item: number, purpose = ''): string {
	const execution: unknown = context.getExecutionId();
	const names = [
		context.getInstanceId(),
		context.getWorkflow().id,
		// executions without an ID must not share a token
		typeof execution === 'string' ? execution : randomUUID(),
		context.getNode().id,
		runIndexOf(context),
		item,
		purpose,
	];
	return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32);
}
