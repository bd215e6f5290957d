import { byAge, resolvingDuplicates } from './resolveDuplicates';
import { createOrRecover, resumeCreate } from './createOrRecover';
import type { CreateState } from './createOrRecover';
import { MODES } from './ifItAlreadyExists';
import { serializeKey } from './creation';
import type { CreateOutcome, Creation, Resource } from './creation';
import { inputError } from '../errors';
import type { OperationError } from '../errors';
import { recordCreated } from './recordCreated';
import type { OperationContext } from '../operation';
import { CreateTracker } from './createTracker';
import { ProvisionalResult } from '../provisionalResult';
import { sharedList } from './sharedList';
import type { ListSnapshot } from './listReader';

function existsError(kind: string, label: string, ids: string): OperationError {
	return inputError(
		`The ${kind} ${label} already exists with the ID ${ids}`,
		'To use it or to create a duplicate, set If It Already Exists to Use the Existing One or to Create Another.',
	);
}

/**
 * Finds the existing resource, if any.
 * @throws OperationError if it exists and must not, or if the list does not show whether it exists
 */
async function findExisting<Api, R extends Resource, New extends Resource>(
	{ run, item }: OperationContext<Api>,
	{ kind, label, key, createdAtMs }: Creation<R, New>,
	{ mode, list, listing }: CreateState<R, New> & { listing: ListSnapshot<R> },
): Promise<R | undefined> {
	const unchecked = 'To create it without this check, set If It Already Exists to Create Another.';
	if (!listing) {
		throw inputError(
			`The service does not offer a list, so it is unknown whether the ${kind} already exists. Nothing was created`,
			unchecked,
		);
	}
	const matching = byAge(await list.matching(listing, key), createdAtMs);
	const [existing, ...others] = matching;
	if (!existing && listing.incomplete !== undefined) {
		throw inputError(
			`The list is incomplete, so it is unknown whether the ${kind} already exists. Nothing was created`,
			`${listing.incomplete} ${unchecked}`,
		);
	}
	const ids = matching.map(({ id }) => id).join(', ');
	if (existing && mode === 'stop') throw existsError(kind, label, ids);
	if (existing && others.length > 0) {
		run.warnings.push(
			`There are ${matching.length} matching ${kind}s for ${label}: ${ids}. The oldest was used: ${existing.id} [Item ${item}].`,
		);
	}
	return existing;
}

/** Reuses a matching resource, or creates one. Items of a node run with the same key run one after another. */
async function createOrReuse<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	state: CreateState<R, New>,
): Promise<ProvisionalResult<CreateOutcome<R | New>>> {
	const { run } = context;
	const { kind, label, key } = creation;
	const { mode, list, tracker } = state;
	const fromOtherItem = list.created.get(serializeKey(key));
	if (fromOtherItem && run.owners.has(`${kind} ${fromOtherItem.id}`)) {
		if (mode === 'stop') throw existsError(kind, label, String(fromOtherItem.id));
		recordCreated(context, creation, fromOtherItem).reused();
		return resolvingDuplicates(context, creation, {
			list,
			tracker,
			created: fromOtherItem,
			isNew: false,
		});
	}
	const listing = await list.whole(context.keepRetryingMs);
	const existing = await findExisting(context, creation, { ...state, listing });
	if (existing) {
		recordCreated(context, creation, existing).reused();
		return new ProvisionalResult({ resource: existing, isNew: false });
	}
	const created = await createOrRecover(context, creation, { ...state, listing });
	return mode === 'useExisting'
		? resolvingDuplicates(context, creation, { list, tracker, created, isNew: true })
		: new ProvisionalResult({ resource: created, isNew: true });
}

/**
 * Creates a resource, or finds it, depending on the option If It Already Exists.
 * @returns the resource; with Use the Existing One it may be replaced after all items have run
 * @throws OperationError if it exists and must not, or if the outcome is unknown
 */
export async function createResource<Api, R extends Resource, New extends Resource = R>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
): Promise<ProvisionalResult<CreateOutcome<R | New>>> {
	const mode = context.parameters.choice('options.ifItAlreadyExists', MODES);
	const list = await sharedList(context, creation);
	const state = { mode, list, tracker: await CreateTracker.of(context, creation) };
	const resumed = await resumeCreate(context, creation, state);
	if (resumed) return new ProvisionalResult(resumed);
	if (mode !== 'createAnother') {
		return await context.run.withLock(
			`${creation.kind} ${serializeKey(creation.key)}`,
			async () => await createOrReuse(context, creation, state),
		);
	}
	// if a response is lost, the list from before the first create shows which resources are new
	const listing = await list.newest(context.keepRetryingMs);
	context.run.signal?.throwIfAborted();
	const resource = await createOrRecover(context, creation, { ...state, listing });
	return new ProvisionalResult({ resource, isNew: true });
}
