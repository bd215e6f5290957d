import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asFault, Fault, refusal } from './fault';
import type { Call } from './operation';

const WAYS = ['createAnother', 'useExisting', 'stop'] as const;

/** The option of every create operation. */
export const ifItAlreadyExists: INodeProperties = {
	displayName: 'If It Already Exists',
	name: 'ifItAlreadyExists',
	type: 'options',
	options: [
		{
			name: 'Create Another',
			value: 'createAnother',
			description: 'Create it without looking for one that is there already',
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

/** How to create one resource, and how to recognise it. */
export interface Creation<Resource> {
	/** The service's word for it, e.g. `source`. */
	kind: string;
	/** What makes two of them the same, in words, e.g. `google_calendar "Sales"`. */
	same: string;
	isSame: (resource: Resource) => boolean;
	/** All resources of this kind; undefined when the service does not offer a list. */
	list: () => Promise<Resource[] | undefined>;
	create: () => Promise<Resource>;
}

/**
 * Creates a resource, or finds it, as the user chose in {@link ifItAlreadyExists}.
 * Items of one run that ask for the same resource take turns, so that the second finds what the first created.
 * @throws Fault when it exists and must not, when several do, or when the service cannot tell
 */
export async function createOnce<Api, Resource extends IDataObject & { id: string | number }>(
	call: Call<Api>,
	creation: Creation<Resource>,
): Promise<Resource> {
	const { kind, same, isSame } = creation;
	const create = async () => {
		const resource = await creation.create().catch(asFault);
		if (resource instanceof Fault && resource.parts.mayBeDone) {
			throw resource.describedAs(
				`The ${kind} ${same} may have been created all the same. Look for it before you run this again, or set If It Already Exists to Use the Existing One.`,
			);
		}
		if (resource instanceof Fault) throw resource;
		call.run.created.push({ kind, id: resource.id, item: call.item });
		return resource;
	};

	const way = call.parameters.choice('options.ifItAlreadyExists', WAYS);
	if (way === 'createAnother') return await create();

	return await call.run.oneByOne(`${kind} ${same}`, async () => {
		const all = await call.run.once(`every ${kind}`, async () => await creation.list());
		if (!all) {
			throw refusal(
				`The service did not offer a list, so it is not known whether the ${kind} exists already. Nothing was created`,
				'Set If It Already Exists to Create Another to create it unchecked.',
			);
		}
		const found = all.filter((resource) => isSame(resource));
		const [existing] = found;
		if (found.length > 1) {
			throw refusal(
				`There are ${found.length} ${kind}s that are the same: ${same}. Nothing was created`,
				`Their IDs are ${found.map(({ id }) => id).join(', ')}. Keep one of them, or use another display name.`,
			);
		}
		if (existing && way === 'stop') {
			throw new Fault(`The ${kind} ${same} exists already, with the ID ${existing.id}`, {
				description:
					'Set If It Already Exists to Use the Existing One to go on with it, or to Create Another.',
			});
		}
		if (existing) return existing;
		const resource = await create();
		all.push(resource);
		return resource;
	});
}
