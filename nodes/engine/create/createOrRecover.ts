import { serializeKey } from './creation';
import type { CreateOutcome, Creation, Key, Resource } from './creation';
import { asOperationError, OperationError } from '../errors';
import { findLostCreate, NO_LIST_OFFERED, listError } from './recoverCreate';
import type { Recovery } from './recoverCreate';
import { recordCreated } from './recordCreated';
import type { OperationContext } from '../operation';
import type { CreateTracker, LostCreate } from './createTracker';
import type { Mode } from './ifItAlreadyExists';
import type { ListSnapshot } from './listReader';
import type { SharedList } from './sharedList';
import type { Before } from './snapshot';

/** A create that left no trace for this long was not carried out. */
const NO_TRACE_MS = 30_000;

/** What a create needs besides its {@link Creation}. */
export interface CreateState<R extends Resource, New extends Resource> {
	mode: Mode;
	list: SharedList<R, New>;
	tracker: CreateTracker<R, New>;
}

/** What exists before a create, or why that is unknown, as a sentence. */
function beforeCreate<R extends Resource>(
	listing: ListSnapshot<R> | OperationError,
	key: Key,
): Before | string {
	if (listing instanceof OperationError) return listError(listing);
	if (!listing) return NO_LIST_OFFERED;
	return listing.incomplete ?? listing.before(key);
}

function lostCreateError(
	{ kind, label }: { kind: string; label: string },
	error: OperationError,
	mode: Mode,
	why: string,
) {
	const next =
		mode === 'useExisting'
			? 'Check whether it exists, or run this again later. If it exists by then, it is used.'
			: 'Check whether it exists before you run this again, or set If It Already Exists to Use the Existing One.';
	return error.withDescription(`The ${kind} ${label} may have been created anyway. ${why} ${next}`);
}

/** Looks for the resource of a create without a clear response, in this and in later attempts at the item. */
async function recoverLost<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	state: CreateState<R, New> & { lost: LostCreate },
): Promise<Recovery<R>> {
	state.tracker.recordLost(state.lost);
	const recovery = await findLostCreate(context, creation, state);
	if ('found' in recovery) {
		state.list.created.set(serializeKey(creation.key), recovery.found);
		recordCreated(context, creation, recovery.found).created();
		recordCreated(context, creation, recovery.found).recovered();
	}
	return recovery;
}

/**
 * Sends the create. If the response is unclear, looks for the resource instead of retrying. Retries only if the
 * service was busy and there is no trace of the resource.
 */
export async function createOrRecover<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	state: CreateState<R, New> & { listing: ListSnapshot<R> | OperationError },
): Promise<R | New> {
	const { mode, list, tracker, listing } = state;
	const before = beforeCreate(listing, creation.key);
	let until: number | undefined;
	for (;;) {
		const sentAt = Date.now();
		const created = await tracker.send().catch(asOperationError);
		if (!(created instanceof OperationError)) {
			list.recordServerTime(creation.createdAtMs(created));
			list.created.set(serializeKey(creation.key), created);
			recordCreated(context, creation, created).created();
			return created;
		}
		if (!created.details.outcomeUnknown) throw created;
		until ??= Date.now() + context.keepRetryingMs;
		const recovery = await recoverLost(context, creation, {
			...state,
			lost: { sentAt, before, error: created },
		});
		if ('found' in recovery) return recovery.found;
		const isBusy = created.details.retryAfterCheckMs !== undefined;
		if (!isBusy || !recovery.isAbsent || Date.now() >= until) {
			throw lostCreateError(creation, created, mode, recovery.why);
		}
	}
}

/**
 * Continues with the result of an earlier attempt at the item: n8n's Retry On Fail runs the node again for all items.
 * @returns undefined if there was none, or if it left no trace
 * @throws OperationError if the resource of an earlier create may still appear
 */
export async function resumeCreate<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	state: CreateState<R, New>,
): Promise<CreateOutcome<R | New> | undefined> {
	const { created, lost } = state.tracker.previous;
	if (created) {
		state.tracker.recordOwner(created);
		state.list.created.set(serializeKey(creation.key), created);
		recordCreated(context, creation, created).created();
		recordCreated(context, creation, created).resumed();
		return { resource: created, isNew: false };
	}
	if (!lost) return undefined;
	const recovery = await recoverLost(context, creation, { ...state, lost });
	if ('found' in recovery) return { resource: recovery.found, isNew: true };
	const isBusy = lost.error.details.retryAfterCheckMs !== undefined;
	const isOver = isBusy || Date.now() > lost.sentAt + NO_TRACE_MS;
	if (recovery.isAbsent && isOver) return undefined;
	throw lostCreateError(creation, lost.error, state.mode, recovery.why);
}
