import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import { ItemMemory } from '../itemMemory';
import { recordCreated } from './recordCreated';
import type { OperationContext } from '../operation';

/** How to create a resource in a service that allows each name only once. */
export interface NamedCreation {
	/** The service's name for the kind of resource, e.g. `flow`. */
	kind: string;
	name: string;
	/** Finds the resource with this name. Undefined if there is none. */
	find: () => Promise<IDataObject | undefined>;
	/** Must be idempotent, e.g. by a client token. */
	create: () => Promise<IDataObject>;
}

/** Whether the service rejected a create because the name is already in use. */
function isConflict({ details }: OperationError): boolean {
	return details.status === 409;
}

/** Created resources by the token of their item: if n8n's Retry On Fail runs the node again, the item reuses its own. */
const remembered = new ItemMemory<IDataObject>();

async function createOrReuse<Api>(
	context: OperationContext<Api>,
	creation: NamedCreation,
): Promise<IDataObject> {
	const record = recordCreated(context, creation, { id: creation.name });
	const existing = await creation.find();
	if (existing) {
		record.reused();
		return existing;
	}
	const created = await creation.create().catch(asOperationError);
	if (!(created instanceof OperationError)) {
		record.created();
		return created;
	}
	// the name was free before, so a resource with this name is the wanted one, regardless of who created it
	const found =
		isConflict(created) || created.details.outcomeUnknown
			? await creation.find().catch(() => undefined)
			: undefined;
	if (!found) throw created;
	if (isConflict(created)) {
		record.reused();
	} else {
		record.created();
		record.recovered();
	}
	return found;
}

/**
 * Creates a resource, or finds the one with the same name, depending on the option If It Already Exists.
 * Items of a node run with the same name run one after another, so that a later item finds the resource.
 * @throws OperationError if the name is in use and must not be, or if the outcome is unknown
 */
export async function createNamed<Api>(
	context: OperationContext<Api>,
	creation: NamedCreation,
): Promise<IDataObject> {
	const { kind, name } = creation;
	const token = context.token(`create ${kind} ${name}`);
	const known = remembered.get(token);
	if (known) {
		recordCreated(context, creation, { id: name }).created();
		recordCreated(context, creation, { id: name }).resumed();
		return known;
	}
	return await createByMode(context, {
		...creation,
		create: async () => {
			const created = await creation.create();
			remembered.set(token, created);
			return created;
		},
	});
}

async function createByMode<Api>(
	context: OperationContext<Api>,
	creation: NamedCreation,
): Promise<IDataObject> {
	const { kind, name } = creation;
	const mode = context.parameters.choice('options.ifItAlreadyExists', ['stop', 'useExisting']);
	if (mode === 'useExisting') {
		return await context.run.withLock(
			`${kind} ${name}`,
			async () => await createOrReuse(context, creation),
		);
	}
	const created = await creation.create().catch(asOperationError);
	if (!(created instanceof OperationError)) {
		recordCreated(context, creation, { id: name }).created();
		return created;
	}
	if (isConflict(created)) {
		throw created.withDescription(
			`A ${kind} named "${name}" already exists. To use it, set If It Already Exists to Use the Existing One. Otherwise, choose another name.`,
		);
	}
	if (created.details.outcomeUnknown) {
		throw created.withDescription(
			`The ${kind} "${name}" may have been created anyway. Check whether it exists before you run this again, or set If It Already Exists to Use the Existing One.`,
		);
	}
	throw created;
}
