import type { INodeProperties } from 'n8n-workflow';
import { byAge, settlingOn } from './settleCreate';
import { createOrRecover, resumeCreate, MODES } from './createOne';
import type { CreateState, Mode } from './createOne';
import { keyText } from './creation';
import type { Creation, Resource } from './creation';
import { inputError } from '../errors';
import type { OperationError } from '../errors';
import { recordCreated } from './recordCreated';
import type { OperationContext } from '../operation';
import { OwnResource } from './ownResources';
import { Settling } from '../settling';
import { sharedList } from './sharedList';
import type { ListSnapshot } from './sharedList';

/** The option of every create operation. */
export const ifItAlreadyExists: INodeProperties = {
	displayName: 'If It Already Exists',
	name: 'ifItAlreadyExists',
	type: 'options',
	options: [
		{
			name: 'Create Another',
			value: 'createAnother',
			description: 'Create it, whether or not the account has one that is the same',
		},
		{
			name: 'Stop With an Error',
			value: 'stop',
			description: 'Create nothing and fail this item',
		},
		{
			name: 'Use the Existing One',
			value: 'useExisting',
			description:
				'Output the one that is there already; the workflow can then be run again without creating anything twice',
		},
	],
	default: 'createAnother',
	description: 'What to do when the account already has one that is the same',
};

function existsAlready(kind: string, same: string, ids: string): OperationError {
	return inputError(
		`The ${kind} ${same} exists already, with the ID ${ids}`,
		'Set If It Already Exists to Use the Existing One to go on with it, or to Create Another.',
	);
}

/** The one that is there already, if any. @throws Fault when it must not be there, or when that is not known */
function existingOne<Api, R extends Resource, Made extends Resource>(
	{ run, item }: OperationContext<Api>,
	{ kind, same, key, createdAtMs }: Creation<R, Made>,
	{ mode, all }: { mode: Mode; all: ListSnapshot<R> },
): R | undefined {
	const unchecked = 'Set If It Already Exists to Create Another to create it unchecked.';
	if (!all) {
		throw inputError(
			`The service did not offer a list, so it is not known whether the ${kind} exists already. Nothing was created`,
			unchecked,
		);
	}
	const alike = byAge(all.like(key), createdAtMs);
	const [existing, ...others] = alike;
	if (!existing && all.incomplete !== undefined) {
		throw inputError(
			`The list is not whole, so it is not known whether the ${kind} exists already. Nothing was created`,
			`${all.incomplete} ${unchecked}`,
		);
	}
	const ids = alike.map(({ id }) => id).join(', ');
	if (existing && mode === 'stop') throw existsAlready(kind, same, ids);
	if (existing && others.length > 0) {
		run.warnings.push(
			`There are ${alike.length} ${kind}s that are the same, ${same}: ${ids}. The oldest is used, ${existing.id} [Item ${item}].`,
		);
	}
	return existing;
}

/** Creates it, unless there is one. Items of one run that ask for the same take turns. */
async function createOrUse<Api, R extends Resource, Made extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
	state: CreateState<R, Made>,
): Promise<Settling<R | Made>> {
	const { run } = context;
	const { kind, same, key } = creation;
	const { mode, list, own } = state;
	const twin = list.made.get(keyText(key));
	if (twin && run.owners.has(`${kind} ${twin.id}`)) {
		if (mode === 'stop') throw existsAlready(kind, same, String(twin.id));
		recordCreated(context, creation, twin).reused();
		return settlingOn(context, creation, { list, own, made: twin });
	}
	const all = await list.whole(creation.list, context.keepRetryingMs);
	const existing = existingOne(context, creation, { mode, all });
	if (existing) {
		recordCreated(context, creation, existing).reused();
		return new Settling(existing);
	}
	const made = await createOrRecover(context, creation, { ...state, looked: all });
	return mode === 'useExisting'
		? settlingOn(context, creation, { list, own, made })
		: new Settling(made);
}

/**
 * Creates a resource, or finds it, as the user chose in {@link ifItAlreadyExists}.
 * @returns what the item has; with Use the Existing One it may be another when all items have been run
 * @throws Fault when it exists and must not, or when it is not known what became of it
 */
export async function createResource<Api, R extends Resource, Made extends Resource = R>(
	context: OperationContext<Api>,
	creation: Creation<R, Made>,
): Promise<Settling<R | Made>> {
	const mode = context.parameters.choice('options.ifItAlreadyExists', MODES);
	const list = await sharedList(context, creation);
	const state = { mode, list, own: await OwnResource.of(context, creation) };
	const resumed = await resumeCreate(context, creation, state);
	if (resumed) return new Settling(resumed);
	if (mode !== 'createAnother') {
		return await context.run.withLock(
			`${creation.kind} ${keyText(creation.key)}`,
			async () => await createOrUse(context, creation, state),
		);
	}
	// what is there before the first create tells the new from the old, should an answer be lost
	const looked = await list.ifPossible(creation.list, context.keepRetryingMs);
	context.run.signal?.throwIfAborted();
	return new Settling(await createOrRecover(context, creation, { ...state, looked }));
}
