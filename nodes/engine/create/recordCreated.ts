import { sameId } from '../ids';
import type { Resource } from './creation';
import type { Created } from '../errors';
import type { OperationContext } from '../operation';
import { forget } from './ownResources';
import type { NodeRun } from '../nodeRun';

/** Remembers, for the run's errors and hints, what became of a resource. */
export function recordCreated<Api>(
	{ run, item }: OperationContext<Api>,
	{ kind }: { kind: string },
	{ id }: Pick<Resource, 'id'>,
) {
	const created = { kind, id, item };
	return {
		created: () => run.created.push(created),
		adopted: () => run.recovered.push(created),
		resumed: () => run.resumed.push(created),
		reused: () => run.reused.push(created),
	};
}

/** What was created for an item was deleted again: no error names it, and no item, and no other try, is given it. */
export function recordDeleted(run: NodeRun, { kind, id }: Pick<Created, 'kind' | 'id'>): void {
	for (const list of [run.created, run.recovered, run.resumed]) {
		const index = list.findIndex((one) => one.kind === kind && sameId(one.id, id));
		if (index >= 0) list.splice(index, 1);
	}
	const place = `${kind} ${id}`;
	forget(run.owners.get(place) ?? '');
	run.owners.delete(place);
}
