import type { Creation, Resource } from './creation';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import type { Lost, OwnResource } from './ownResources';
import type { SharedList } from './sharedList';
import { sleep } from '../sleep';

/** Between the two looks for a resource that may have been created; services index what is new with a delay. */
const LOOK_AGAIN_MS = 2000;
/** Times of creation may be cut to the second, and the clocks of a service's machines differ a little. */
const CLOCK_TOLERANCE_MS = 2000;

export const NO_LIST_OFFERED = 'The service offers no list to look for it.';

/** Why a list says nothing, as a sentence. */
export function listError({ message }: OperationError): string {
	return `The list could not be read: ${message.replace(/\.$/, '')}.`;
}

/** What was found of a lost create; or why nothing was, as a sentence. */
export type Found<R> = { found: R } | { why: string; isAbsent: boolean };

/** What one look gives; undefined when there is no trace. */
async function look<Api, R extends Resource, Made extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
	{ list, own, lost }: { list: SharedList<R, Made>; own: OwnResource<R, Made>; lost: Lost },
): Promise<Found<R> | undefined> {
	const listing = await list.fresh(creation.list).catch(asOperationError);
	context.run.signal?.throwIfAborted();
	if (listing instanceof OperationError) return { why: listError(listing), isAbsent: false };
	if (!listing) return { why: NO_LIST_OFFERED, isAbsent: false };
	await own.othersAnswered();
	const { before, sentAt } = lost;
	// where own creates have shown how the clocks differ, what is older than this one was somebody else's
	const oldest = sentAt + list.aheadMs - CLOCK_TOLERANCE_MS;
	const known = new Set(typeof before === 'string' ? [] : before.map(String));
	const candidates = listing
		.like(creation.key)
		.filter(
			(resource) =>
				!known.has(String(resource.id)) &&
				!own.isOwned(resource) &&
				(creation.createdAtMs(resource) ?? Infinity) >= oldest,
		);
	const ids = candidates.map(({ id }) => id).join(', ');
	const [only] = candidates;
	if (only && typeof before === 'string') {
		const why = `${before} So it is not known whether it is among those that are the same: ${ids}.`;
		return { why, isAbsent: false };
	}
	if (candidates.length > 1) {
		const why = `There are ${candidates.length} new ones that are the same: ${ids}.`;
		return { why, isAbsent: false };
	}
	if (only) {
		own.keep(only);
		return { found: only };
	}
	return listing.incomplete === undefined
		? undefined
		: { why: `It was not found. ${listing.incomplete}`, isAbsent: false };
}

/**
 * What a create did for which no good answer came: the one resource that is the same, was not there before, and was
 * not created for another item or execution of this process. Looked for twice.
 */
export async function findLost<Api, R extends Resource, Made extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
	known: { list: SharedList<R, Made>; own: OwnResource<R, Made>; lost: Lost },
): Promise<Found<R>> {
	const seen =
		(await look(context, creation, known)) ??
		(await sleep(LOOK_AGAIN_MS, context.run.signal).then(
			async () => await look(context, creation, known),
		));
	const why = 'It was looked for twice and not found, but it may still appear.';
	return seen ?? { why, isAbsent: true };
}
