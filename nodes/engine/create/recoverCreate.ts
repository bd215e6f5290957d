import type { Creation, Resource } from './creation';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import type { CreateTracker, LostCreate } from './createTracker';
import type { ListSnapshot, SharedList } from './sharedList';
import { sleep } from '../sleep';

/** The delay between the two searches for a resource: services list new resources with a delay. */
const SEARCH_AGAIN_MS = 2000;
/** Creation times may be cut to the second, and the clocks of a service's servers may differ a little. */
const CLOCK_TOLERANCE_MS = 2000;

export const NO_LIST_OFFERED = 'The service does not offer a list to find it.';

/** Why the list is not available, as a sentence. */
export function listError({ message }: OperationError): string {
	return `The list could not be read: ${message.replace(/\.$/, '')}.`;
}

/** The resource of a lost create. If none was found: why, as a sentence, and whether there is no trace of it. */
export type Recovery<R> = { found: R } | { why: string; isAbsent: boolean };

interface LostState<R extends Resource, New extends Resource> {
	list: SharedList<R, New>;
	tracker: CreateTracker<R, New>;
	lost: LostCreate;
}

/** The listed resources that the lost create may have created. */
function candidatesIn<R extends Resource, New extends Resource>(
	listing: NonNullable<ListSnapshot<R>>,
	creation: Creation<R, New>,
	{ list, tracker, lost: { before, sentAt } }: LostState<R, New>,
): R[] {
	// a resource from before the create was sent, by the server's clock, is somebody else's
	const earliest = sentAt + list.minClockSkewMs - CLOCK_TOLERANCE_MS;
	const known = new Set(typeof before === 'string' ? [] : before.map(String));
	return listing
		.matching(creation.key)
		.filter(
			(resource) =>
				!known.has(String(resource.id)) &&
				!tracker.isOwned(resource) &&
				(creation.createdAtMs(resource) ?? Infinity) >= earliest,
		);
}

/** Searches the list once. Undefined if there is no trace of the create. */
async function search<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	state: LostState<R, New>,
): Promise<Recovery<R> | undefined> {
	const { list, tracker, lost } = state;
	const listing = await list.fresh(creation.list).catch(asOperationError);
	context.run.signal?.throwIfAborted();
	if (listing instanceof OperationError) return { why: listError(listing), isAbsent: false };
	if (!listing) return { why: NO_LIST_OFFERED, isAbsent: false };
	await tracker.waitForPending();
	const candidates = candidatesIn(listing, creation, state);
	const ids = candidates.map(({ id }) => id).join(', ');
	const [only] = candidates;
	if (only && typeof lost.before === 'string') {
		const why = `${lost.before} It is unknown whether it is one of the matching resources: ${ids}.`;
		return { why, isAbsent: false };
	}
	if (candidates.length > 1) {
		const why = `There are ${candidates.length} new matching resources: ${ids}.`;
		return { why, isAbsent: false };
	}
	if (only) {
		tracker.recordOwner(only);
		return { found: only };
	}
	return listing.incomplete === undefined
		? undefined
		: { why: `It was not found. ${listing.incomplete}`, isAbsent: false };
}

/**
 * Finds the resource of a create whose response was lost: the only match that did not exist before, and that was not
 * created for another item or execution of this process. Searches twice.
 */
export async function findLostCreate<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	state: LostState<R, New>,
): Promise<Recovery<R>> {
	const result =
		(await search(context, creation, state)) ??
		(await sleep(SEARCH_AGAIN_MS, context.run.signal).then(
			async () => await search(context, creation, state),
		));
	const why = 'Two searches did not find it, but it may still appear.';
	return result ?? { why, isAbsent: true };
}
