import { keyText } from './creation';
import type { Creation, Key, Resource } from './creation';
import type { ResourceId } from '../ids';
import { asOperationError, OperationError } from '../errors';
import { findLost, NO_LIST_OFFERED, listError } from './recoverCreate';
import type { Found } from './recoverCreate';
import { recordCreated } from './recordCreated';
import type { OperationContext } from '../operation';
import type { Lost, OwnResource } from './ownResources';
import type { ListSnapshot, SharedList } from './sharedList';

/** What to do when there is one that is the same; the values of the option If It Already Exists. */
export const MODES = ['createAnother', 'useExisting', 'stop'] as const;

export type Mode = (typeof MODES)[number];

/** A create that left no trace for so long was not carried out. */
const NO_TRACE_MS = 30_000;

/** What one create has to know, beside how it is done. */
export interface CreateState<R extends Resource, Made extends Resource> {
	mode: Mode;
	list: SharedList<R, Made>;
	own: OwnResource<R, Made>;
}

/** The IDs of what was the same before a create; or why they are not known, as a sentence. */
function idsBefore<R extends Resource>(
	looked: ListSnapshot<R> | OperationError,
	key: Key,
): ResourceId[] | string {
	if (looked instanceof OperationError) return listError(looked);
	if (!looked) return NO_LIST_OFFERED;
	return looked.incomplete ?? looked.like(key).map(({ id }) => id);
}

function lostCreateError(
	{ kind, same }: { kind: string; same: string },
	error: OperationError,
	mode: Mode,
	why: string,
) {
	const next =
		mode === 'useExisting'
			? 'Look for it, or run this again later: what is there by then is used.'
			: 'Look for it before you run this again, or set If It Already Exists to Use the Existing One.';
	return error.withDescription(
		`The ${kind} ${same} may have been created all the same. ${why} ${next}`,
	);
}

/** Looks for what may have been created without a good answer, now and at the next try of the item. */
async function recoverLost<Api, R extends Resource, Made extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
	state: CreateState<R, Made> & { lost: Lost },
): Promise<Found<R>> {
	state.own.lose(state.lost);
	const found = await findLost(context, creation, state);
	if ('found' in found) {
		state.list.made.set(keyText(creation.key), found.found);
		recordCreated(context, creation, found.found).created();
		recordCreated(context, creation, found.found).adopted();
	}
	return found;
}

/**
 * Creates; when no good answer comes, finds out whether it was carried out, rather than sending it again.
 * It is sent again when the service said that it was busy, and left no trace.
 */
export async function createOrRecover<Api, R extends Resource, Made extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
	state: CreateState<R, Made> & { looked: ListSnapshot<R> | OperationError },
): Promise<R | Made> {
	const { mode, list, own, looked } = state;
	const before = idsBefore(looked, creation.key);
	let until: number | undefined;
	for (;;) {
		const sentAt = Date.now();
		const made = await own.send().catch(asOperationError);
		if (!(made instanceof OperationError)) {
			list.learnClock(creation.createdAtMs(made));
			list.made.set(keyText(creation.key), made);
			recordCreated(context, creation, made).created();
			return made;
		}
		if (!made.details.outcomeUnknown) throw made;
		until ??= Date.now() + context.keepRetryingMs;
		const found = await recoverLost(context, creation, {
			...state,
			lost: { sentAt, before, error: made },
		});
		if ('found' in found) return found.found;
		const isBusy = made.details.sendAgainAfterMs !== undefined;
		if (!isBusy || !found.isAbsent || Date.now() >= until) {
			throw lostCreateError(creation, made, mode, found.why);
		}
	}
}

/**
 * What an earlier try at the item came to: n8n's Retry On Fail runs the node again for all its items.
 * @throws Fault when a create of it may still turn up
 */
export async function resumeCreate<Api, R extends Resource, Made extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
	state: CreateState<R, Made>,
): Promise<R | Made | undefined> {
	const { made, lost } = state.own.tries;
	if (made) {
		state.own.keep(made);
		state.list.made.set(keyText(creation.key), made);
		recordCreated(context, creation, made).created();
		recordCreated(context, creation, made).resumed();
		return made;
	}
	if (!lost) return undefined;
	const found = await recoverLost(context, creation, { ...state, lost });
	if ('found' in found) return found.found;
	const isBusy = lost.error.details.sendAgainAfterMs !== undefined;
	const isOver = isBusy || Date.now() > lost.sentAt + NO_TRACE_MS;
	if (found.isAbsent && isOver) return undefined;
	throw lostCreateError(creation, lost.error, state.mode, found.why);
}
