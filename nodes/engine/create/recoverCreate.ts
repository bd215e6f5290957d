import type { Creation, Resource } from './creation';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import type { CreateTracker, LostCreate } from './createTracker';
import { CLOCK_TOLERANCE_MS } from './newestFirst';
import type { Matches, SharedList } from './sharedList';
import { isNew } from './snapshot';
import { sleep } from '../sleep';

/** The delay between the two searches for a resource: services list new resources with a delay. */
const SEARCH_AGAIN_MS = 2000;

export const NO_LIST_OFFERED = 'The service does not offer a list to find it.';

const PARTLY_READ = 'Many resources were created at the same time.';

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
	{ matching, isSorted }: Matches<R>,
	creation: Creation<R, New>,
	{ list, tracker, lost: { before, sentAt } }: LostState<R, New>,
): Array<{ resource: R; isCertain: boolean }> {
	// a resource from before the create was sent, by the server's clock, is somebody else's
	const earliest = sentAt + list.minClockSkewMs - CLOCK_TOLERANCE_MS;
	return matching.flatMap((resource) => {
		const createdMs = creation.createdAtMs(resource);
		if (tracker.isOwned(resource) || (createdMs ?? Infinity) < earliest) return [];
		if (typeof before === 'string') return { resource, isCertain: false };
		const isAfter = isNew(before, resource, createdMs);
		if (isAfter === false) return [];
		// if the list is no longer sorted, the part that was read before the create shows less than it seemed
		const isKnown = before.readDownToMs === -Infinity || isSorted;
		return { resource, isCertain: isAfter === true && isKnown };
	});
}

/** Searches the list once. Undefined if there is no trace of the create. */
async function search<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
	state: LostState<R, New>,
): Promise<Recovery<R> | undefined> {
	const { list, tracker, lost } = state;
	const from = typeof lost.before === 'string' ? -Infinity : lost.before.newestMs;
	const found = await list.matchingSince(from, creation.key).catch(asOperationError);
	context.run.signal?.throwIfAborted();
	if (found instanceof OperationError) return { why: listError(found), isAbsent: false };
	if (!found) return { why: NO_LIST_OFFERED, isAbsent: false };
	await tracker.waitForPending();
	// from here to recordOwner without a pause, so that two creates never take the same resource
	const candidates = candidatesIn(found, creation, state);
	const ids = candidates.map(({ resource }) => resource.id).join(', ');
	const [only] = candidates;
	if (candidates.some(({ isCertain }) => !isCertain)) {
		const reason = typeof lost.before === 'string' ? lost.before : PARTLY_READ;
		const why = `${reason} It is unknown whether it is one of the matching resources: ${ids}.`;
		return { why, isAbsent: false };
	}
	if (candidates.length > 1) {
		const why = `There are ${candidates.length} new matching resources: ${ids}.`;
		return { why, isAbsent: false };
	}
	if (only) {
		tracker.recordOwner(only.resource);
		return { found: only.resource };
	}
	return found.incomplete === undefined
		? undefined
		: { why: `It was not found. ${found.incomplete}`, isAbsent: false };
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
