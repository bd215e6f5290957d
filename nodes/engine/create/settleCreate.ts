import type { Creation, Resource } from './creation';
import { compareIds, sameId } from '../ids';
import { asOperationError, OperationError } from '../errors';
import { recordCreated, recordDeleted } from './recordCreated';
import type { OperationContext } from '../operation';
import type { OwnResource } from './ownResources';
import { Settling } from '../settling';
import type { SharedList } from './sharedList';
import { sleep } from '../sleep';

/**
 * Between the last create and the look at what others have created: for what services index with a delay,
 * and for times of creation that are cut to the second.
 */
const SETTLE_MS = 1000;

/** In an order on which all executions agree: the oldest first, and by ID what is of one age, or of unknown age. */
export function byAge<One extends Resource>(
	resources: One[],
	createdAtMs: (resource: One) => number | undefined,
): One[] {
	const ages = new Map(resources.map((one) => [one, createdAtMs(one)]));
	const isKnown = resources.every((one) => ages.get(one) !== undefined);
	const age = (one: One) => (isKnown ? (ages.get(one) ?? 0) : 0);
	return [...resources].sort((a, b) => age(a) - age(b) || compareIds(a.id, b.id));
}

interface Own<R extends Resource, Made extends Resource> {
	list: SharedList<R, Made>;
	own: OwnResource<R, Made>;
	made: R | Made;
}

/** What became of the one that was created in vain, as a sentence. */
async function rollBack<Api, R extends Resource, Made extends Resource>(
	{ run }: OperationContext<Api>,
	{ kind, remove }: Creation<R, Made>,
	{ id }: R | Made,
): Promise<string> {
	const isAdopted = run.recovered.some((one) => one.kind === kind && sameId(one.id, id));
	if (!remove || isAdopted) return `The ${kind} ${id} is there as well, and nothing here uses it`;
	const failed = await remove(id).catch(asOperationError);
	if (failed instanceof OperationError) {
		return `The ${kind} ${id}, which this execution created, could not be deleted again (${failed.message})`;
	}
	recordDeleted(run, { kind, id });
	return `The ${kind} ${id}, which this execution created, was deleted again`;
}

async function settle<Api, R extends Resource, Made extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
	{ list, own, made }: Own<R, Made>,
): Promise<R | Made> {
	const { kind, same, key, createdAtMs } = creation;
	const { run, item } = context;
	await sleep(SETTLE_MS, run.signal);
	const listing = await list.fresh(creation.list).catch(asOperationError);
	if (!listing || listing instanceof OperationError) {
		run.warnings.push(
			`The list could not be read again, so it is not known whether another execution created the ${kind} ${same} as well [Item ${item}].`,
		);
		return made;
	}
	const alike: Array<R | Made> = listing.like(key);
	const all = alike.some(({ id }) => sameId(id, made.id)) ? alike : [...alike, made];
	const [oldest = made, ...others] = byAge(all, createdAtMs);
	if (others.length === 0) return made;
	const ids = others.map(({ id }) => id).join(', ');
	if (sameId(oldest.id, made.id)) {
		run.warnings.push(
			`Another execution created the ${kind} ${same} at the same time: ${ids}. The oldest is used, ${made.id} [Item ${item}].`,
		);
		return made;
	}
	const end = await rollBack(context, creation, made);
	run.warnings.push(
		`Another execution created the ${kind} ${same} at the same time. The oldest is used, ${oldest.id}. ${end} [Item ${item}].`,
	);
	own.keep(oldest);
	recordCreated(context, creation, oldest).reused();
	return oldest;
}

/**
 * What was created, until all items have been run: then it is looked whether another execution created the same.
 * Of several, all executions take the oldest. It is certain as long as what is created is listed within a second.
 */
export function settlingOn<Api, R extends Resource, Made extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
	known: Own<R, Made>,
): Settling<R | Made> {
	const { kind } = creation;
	return new Settling(
		known.made,
		async () =>
			await context.run.loadOnce(
				`settled ${kind} ${known.made.id}`,
				async () => await settle(context, creation, known),
			),
	);
}
