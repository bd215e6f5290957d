import { sameId } from '../ids';
import type { Resource } from './creation';
import type { Created } from '../errors';
import type { Call } from '../operation';
import { forget } from './ownResources';
import type { Run } from '../nodeRun';

/** Remembers, for the run's errors and hints, what became of a resource. */
export function note<Api>(
	{ run, item }: Call<Api>,
	{ kind }: { kind: string },
	{ id }: Pick<Resource, 'id'>,
) {
	const created = { kind, id, item };
	return {
		created: () => run.created.push(created),
		adopted: () => run.adopted.push(created),
		resumed: () => run.resumed.push(created),
		reused: () => run.reused.push(created),
	};
}

/** What was created for an item was deleted again: no error names it, and no item, and no other try, is given it. */
export function noteDeleted(run: Run, { kind, id }: Pick<Created, 'kind' | 'id'>): void {
	for (const list of [run.created, run.adopted, run.resumed]) {
		const index = list.findIndex((one) => one.kind === kind && sameId(one.id, id));
		if (index >= 0) list.splice(index, 1);
	}
	const place = `${kind} ${id}`;
	forget(run.owners.get(place) ?? '');
	run.owners.delete(place);
}
