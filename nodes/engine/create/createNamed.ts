import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import { ItemMemory } from '../itemMemory';
import { recordCreated } from './recordCreated';
import type { OperationContext } from '../operation';

/** The option of a create operation whose service has each name once. */
export const ifTheNameExists: INodeProperties = {
	displayName: 'If It Already Exists',
	name: 'ifItAlreadyExists',
	type: 'options',
	options: [
		{
			name: 'Stop With an Error',
			value: 'stop',
			description: 'Create nothing and fail this item',
		},
		{
			name: 'Use the Existing One',
			value: 'useExisting',
			description:
				'Output the one that is there already; the workflow can then be run again after any stop',
		},
	],
	default: 'stop',
	description: 'What to do when there is one of the same name',
};

/** How to create a resource whose name no other has. */
export interface NamedCreation {
	/** The service's word for it, e.g. `flow`. */
	kind: string;
	name: string;
	/** The one of this name; undefined when there is none. */
	find: () => Promise<IDataObject | undefined>;
	/** Repeated with a token by which the service knows it, so that it creates one only. */
	create: () => Promise<IDataObject>;
}

/** Whether the service said of a create that the name is taken. */
function isTaken({ details }: OperationError): boolean {
	return details.status === 409;
}

/** By the token of an item: n8n's Retry On Fail runs the node again, and the item goes on with what it has. */
const remembered = new ItemMemory<IDataObject>();

async function createOrReuse<Api>(
	context: OperationContext<Api>,
	creation: NamedCreation,
): Promise<IDataObject> {
	const noted = recordCreated(context, creation, { id: creation.name });
	const existing = await creation.find();
	if (existing) {
		noted.reused();
		return existing;
	}
	const made = await creation.create().catch(asOperationError);
	if (!(made instanceof OperationError)) {
		noted.created();
		return made;
	}
	// it was not there before: it is what this item wanted, whoever was the one to create it
	const found =
		isTaken(made) || made.details.outcomeUnknown
			? await creation.find().catch(() => undefined)
			: undefined;
	if (!found) throw made;
	if (isTaken(made)) {
		noted.reused();
	} else {
		noted.created();
		noted.adopted();
	}
	return found;
}

/**
 * Creates a resource whose name no other has, or uses the one of that name, as the user chose in {@link ifTheNameExists}.
 * Items of one run that want the same name take turns, so that the second finds what the first created.
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
	return await createAsChosen(context, {
		...creation,
		create: async () => {
			const made = await creation.create();
			remembered.set(token, made);
			return made;
		},
	});
}

async function createAsChosen<Api>(
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
	const made = await creation.create().catch(asOperationError);
	if (!(made instanceof OperationError)) {
		recordCreated(context, creation, { id: name }).created();
		return made;
	}
	if (isTaken(made)) {
		throw made.withDescription(
			`There is a ${kind} "${name}" already. Set If It Already Exists to Use the Existing One to go on with it, or choose another name.`,
		);
	}
	if (made.details.outcomeUnknown) {
		throw made.withDescription(
			`The ${kind} "${name}" may have been created all the same. Look for it before you run this again, or set If It Already Exists to Use the Existing One.`,
		);
	}
	throw made;
}
