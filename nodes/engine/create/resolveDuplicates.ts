import type { CreateOutcome, Creation, Resource } from './creation';
import { compareIds, sameId } from '../ids';
import { asOperationError, OperationError } from '../errors';
import { recordCreated, recordDeleted } from './recordCreated';
import type { OperationContext } from '../operation';
import type { CreateTracker } from './createTracker';
import { ProvisionalResult } from '../provisionalResult';
import type { SharedList } from './sharedList';
import { sleep } from '../sleep';

/**
 * The delay between the last create and the search for duplicates: services list new resources with a delay, and
 * creation times may be cut to the second.
 */
const LISTING_DELAY_MS = 1000;

/**
 * Sorts resources in an order that all executions agree on: oldest first, and by ID if creation times are equal
 * or not all known.
 */
export function byAge<One extends Resource>(
	resources: One[],
	createdAtMs: (resource: One) => number | undefined,
): One[] {
	const ages = new Map(resources.map((one) => [one, createdAtMs(one)]));
	const isKnown = resources.every((one) => ages.get(one) !== undefined);
	const age = (one: One) => (isKnown ? (ages.get(one) ?? 0) : 0);
	return [...resources].sort((a, b) => age(a) - age(b) || compareIds(a.id, b.id));
}

interface NewResource<R extends Resource, New extends Resource> {
	list: SharedList<R, New>;
	tracker: CreateTracker<R, New>;
	created: R | New;
}

/** Deletes a duplicate if possible. @returns what happened, as a sentence without its period */
async function deleteDuplicate<Api, R extends Resource, New extends Resource>(
	{ run }: OperationContext<Api>,
	{ kind, remove }: Creation<R, New>,
	{ id }: R | New,
): Promise<string> {
	const isRecovered = run.recovered.some((one) => one.kind === kind && sameId(one.id, id));
	if (!remove || isRecovered) return `The ${kind} ${id} also exists and is not used`;
	const failed = await remove(id).catch(asOperationError);
	if (failed instanceof OperationError) {
		return `The ${kind} ${id} of this execution could not be deleted (${failed.message})`;
	}
	recordDeleted(run, { kind, id });
	return `The ${kind} ${id} of this execution was deleted`;
}

/** Returns the oldest matching resource. */
async function resolve<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	{ list, tracker, created }: NewResource<R, New>,
): Promise<R | New> {
	const { kind, label, key, createdAtMs } = creation;
	const { run, item } = context;
	await sleep(LISTING_DELAY_MS, run.signal);
	const listed: Array<R | New> | OperationError | undefined = await list
		.currentMatching(key)
		.catch(asOperationError);
	if (!listed || listed instanceof OperationError) {
		run.warnings.push(
			`The list could not be read again, so it is unknown whether another execution also created the ${kind} ${label} [Item ${item}].`,
		);
		return created;
	}
	const all = listed.some(({ id }) => sameId(id, created.id)) ? listed : [...listed, created];
	const [oldest = created, ...others] = byAge(all, createdAtMs);
	if (others.length === 0) return created;
	const ids = others.map(({ id }) => id).join(', ');
	if (sameId(oldest.id, created.id)) {
		run.warnings.push(
			`Another execution created the ${kind} ${label} at the same time: ${ids}. The oldest is used: ${created.id} [Item ${item}].`,
		);
		return created;
	}
	const duplicate = await deleteDuplicate(context, creation, created);
	run.warnings.push(
		`Another execution created the ${kind} ${label} at the same time. The oldest is used: ${oldest.id}. ${duplicate} [Item ${item}].`,
	);
	tracker.recordOwner(oldest);
	recordCreated(context, creation, oldest).reused();
	return oldest;
}

/**
 * Returns a new resource that may be replaced after all items have run. Then the list is read again. If another
 * execution has created the same resource, all executions use the oldest. This works if the service lists a new
 * resource within one second.
 */
export function resolvingDuplicates<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	{ isNew, ...known }: NewResource<R, New> & { isNew: boolean },
): ProvisionalResult<CreateOutcome<R | New>> {
	const { kind } = creation;
	const { created } = known;
	return new ProvisionalResult({ resource: created, isNew }, async () => {
		const resource = await context.run.loadOnce(
			`settled ${kind} ${created.id}`,
			async () => await resolve(context, creation, known),
		);
		return { resource, isNew: isNew && sameId(resource.id, created.id) };
	});
}
