import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asFault, Fault, refusal } from './fault';
import type { Created } from './fault';
import type { Call } from './operation';
import type { Run } from './run';
import { sleep } from './sleep';

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

type Resource = IDataObject & { id: string | number };

/** Everything of a kind, as the service lists it. */
export interface Listing<R extends Resource> {
	resources: R[];
	/** The server's clock, in epoch ms, to the second. */
	serverTimeMs?: number;
}

/** How to create one resource, and how to recognise it. */
export interface Creation<R extends Resource> {
	/** The service's word for it, e.g. `source`. */
	kind: string;
	/** What makes two of them the same, in words, e.g. `google_calendar "Sales"`. */
	same: string;
	isSame: (resource: R) => boolean;
	/** By the server's clock, in epoch ms; undefined when the resource does not tell. */
	createdAtMs: (resource: R) => number | undefined;
	/**
	 * All resources of this kind; undefined when the service does not offer a list.
	 * @param onceOnly the list can be done without, so it is tried once
	 */
	list: (onceOnly?: boolean) => Promise<Listing<R> | undefined>;
	create: () => Promise<R>;
}

/** Between the two looks for a resource that may have been created; services index what is new with a delay. */
const LOOK_AGAIN_MS = 2000;
/** The server's clock is known to the second, and answers take their time. */
const CLOCK_TOLERANCE_MS = 3000;

/** Remembers, for the run's errors and hints, what became of a resource. */
export function note<Api>({ run, item }: Call<Api>, { kind }: { kind: string }, { id }: Resource) {
	const created = { kind, id, item };
	return {
		created: () => run.created.push(created),
		adopted: () => run.adopted.push(created),
		reused: () => run.reused.push(created),
	};
}

/** What {@link createOnce} created was deleted again: no error names it, and no other item is given it. */
export function noteDeleted(run: Run, { kind, id }: Pick<Created, 'kind' | 'id'>): void {
	for (const list of [run.created, run.adopted]) {
		const index = list.findIndex((one) => one.kind === kind && one.id === id);
		if (index >= 0) list.splice(index, 1);
	}
	run.forget(everyOne(kind));
}

/** The key under which a run keeps all resources of a kind. */
function everyOne(kind: string): string {
	return `every ${kind}`;
}

function isOwn(run: Run, kind: string, { id }: Resource): boolean {
	return run.created.some((own) => own.kind === kind && own.id === id);
}

/**
 * What a create did for which no good answer came: the one resource that is the same, was not there before this
 * run, and was not created for another item. Looked for twice.
 * @param before what was there before; without it nothing can be told to be new
 * @param sentAt epoch ms by our clock, before the request was sent
 * @returns the resource, or why there is none, as a sentence
 */
async function find<Api, R extends Resource>(
	{ run }: Call<Api>,
	{ kind, isSame, createdAtMs, list }: Creation<R>,
	{ before, sentAt }: { before?: Listing<R>; sentAt: number },
): Promise<R | string> {
	if (!before) return 'The service offers no list to look for it.';
	const known = new Set(before.resources.map(({ id }) => id));
	for (const pauseMs of [0, LOOK_AGAIN_MS]) {
		if (pauseMs > 0) await sleep(pauseMs, run.signal);
		const listing = await list().catch(asFault);
		if (!listing || listing instanceof Fault) return 'The service offers no list to look for it.';
		const { resources, serverTimeMs = -Infinity } = listing;
		// the server's clock, and ours only for how long it has been
		const oldest = serverTimeMs - (Date.now() - sentAt) - CLOCK_TOLERANCE_MS;
		const found = resources.filter(
			(resource) =>
				isSame(resource) &&
				!known.has(resource.id) &&
				!isOwn(run, kind, resource) &&
				(createdAtMs(resource) ?? Infinity) >= oldest,
		);
		const [only] = found;
		if (only && found.length === 1) return only;
		if (only) {
			return `There are ${found.length} new ones that are the same: ${found.map(({ id }) => id).join(', ')}.`;
		}
	}
	return 'It was looked for twice and not found, but it may still appear.';
}

/** Creates; when no good answer comes, finds out whether it was carried out, rather than sending it again. */
async function create<Api, R extends Resource>(
	call: Call<Api>,
	creation: Creation<R>,
	before: Listing<R> | undefined,
): Promise<R> {
	const { kind, same } = creation;
	const { run } = call;
	const key = `create ${kind} ${same}`;
	const sentAt = Date.now();
	const made = await run.send(key, async () => await creation.create().catch(asFault));
	if (!(made instanceof Fault)) {
		note(call, creation, made).created();
		return made;
	}
	if (!made.parts.mayBeDone) throw made;

	return await run.look(key, async () => {
		const found = await find(call, creation, { before, sentAt });
		if (typeof found === 'string') {
			throw made.describedAs(
				`The ${kind} ${same} may have been created all the same. ${found} Look for it before you run this again, or set If It Already Exists to Use the Existing One.`,
			);
		}
		note(call, creation, found).created();
		note(call, creation, found).adopted();
		return found;
	});
}

/**
 * Creates a resource, or finds it, as the user chose in {@link ifItAlreadyExists}.
 * Items of one run that ask for the same resource take turns, so that the second finds what the first created.
 * @throws Fault when it exists and must not, when several do, or when it is not known what became of it
 */
export async function createOnce<Api, R extends Resource>(
	call: Call<Api>,
	creation: Creation<R>,
): Promise<R> {
	const { kind, same, isSame } = creation;
	const { run } = call;
	const way = call.parameters.choice('options.ifItAlreadyExists', WAYS);
	if (way === 'createAnother') {
		// what is there before the first create tells the new from the old, should an answer be lost
		const before = await run.once(
			`${kind} before`,
			async () => await creation.list(true).catch(() => undefined),
		);
		return await create(call, creation, before);
	}

	return await run.oneByOne(`${kind} ${same}`, async () => {
		const all = await run.once(everyOne(kind), async () => await creation.list());
		if (!all) {
			throw refusal(
				`The service did not offer a list, so it is not known whether the ${kind} exists already. Nothing was created`,
				'Set If It Already Exists to Create Another to create it unchecked.',
			);
		}
		const found = all.resources.filter((resource) => isSame(resource));
		const [existing] = found;
		if (found.length > 1) {
			throw refusal(
				`There are ${found.length} ${kind}s that are the same: ${same}. Nothing was created`,
				`Their IDs are ${found.map(({ id }) => id).join(', ')}. Keep one of them, or use another display name.`,
			);
		}
		if (existing && way === 'stop') {
			throw refusal(
				`The ${kind} ${same} exists already, with the ID ${existing.id}`,
				'Set If It Already Exists to Use the Existing One to go on with it, or to Create Another.',
			);
		}
		if (existing) {
			note(call, creation, existing).reused();
			return existing;
		}
		const resource = await create(call, creation, all);
		all.resources.push(resource);
		return resource;
	});
}
