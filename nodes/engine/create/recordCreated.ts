import { sameId } from '../ids';
import type { Resource } from './creation';
import type { Created } from '../errors';
import type { OperationContext } from '../operation';
import { forget } from './createTracker';
import type { NodeRun } from '../nodeRun';

/** Records how an item got a resource, for the errors and hints of the node run. */
export function recordCreated<Api>(
	{ run, item }: OperationContext<Api>,
	{ kind }: { kind: string },
	{ id }: Pick<Resource, 'id'>,
) {
	const created = { kind, id, item };
	return {
		created: () => run.created.push(created),
		recovered: () => run.recovered.push(created),
		resumed: () => run.resumed.push(created),
		reused: () => run.reused.push(created),
	};
}

/** Removes a deleted resource from errors, hints and memory, so that no item and no later attempt uses it. */
export function recordDeleted(run: NodeRun, { kind, id }: Pick<Created, 'kind' | 'id'>): void {
	for (const list of [run.created, run.recovered, run.resumed]) {
		const index = list.findIndex((one) => one.kind === kind && sameId(one.id, id));
		if (index >= 0) list.splice(index, 1);
	}
	const key = `${kind} ${id}`;
	forget(run.owners.get(key) ?? '');
	run.owners.delete(key);
}
