import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { fetchForEditor, sortByName, paginateRows } from '../../engine/node/editor';
import type { ListSearchArgs } from '../../engine/node/editor';
import { inputError } from '../../engine/errors';
import type { PortableApi, PortableListing, PortableResource } from '../api/PortableApi';
import { portable } from '../service';
import { specName, specTitle } from '../properties/spec';

interface List {
	kind: string;
	list: (api: PortableApi) => Promise<PortableListing | undefined>;
}

const sources: List = { kind: 'source', list: async (api) => await api.listSources() };
const destinations: List = {
	kind: 'destination',
	list: async (api) => await api.listDestinations(),
};
const flows: List = { kind: 'flow', list: async (api) => await api.listFlows() };

/** Everything that Portable lists. */
async function allRows(
	context: ILoadOptionsFunctions,
	{ kind, list }: List,
): Promise<INodeListSearchItems[]> {
	return await fetchForEditor(context, portable, async (api) => {
		const listing = await list(api);
		if (!listing) throw inputError(`Portable did not offer a list of ${kind}s; enter the ID`);
		return listing.resources.map((resource) => row(kind, resource));
	});
}

/** Found by name, spec or ID. */
async function search(
	context: ILoadOptionsFunctions,
	list: List,
	wanted: ListSearchArgs,
): Promise<INodeListSearchResult> {
	return paginateRows(await allRows(context, list), wanted);
}

/** All flows, to choose several of. */
export async function allFlows(context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> {
	return sortByName(await allRows(context, flows));
}

function row(kind: string, resource: PortableResource): INodeListSearchItems {
	const { id, displayName } = resource;
	const label = [displayName, specName(resource)].filter(
		(text): text is string => typeof text === 'string' && text !== '',
	);
	return { name: `${label.join(' · ') || kind} (${id})`, value: id };
}

/** The specs of everything that Portable lists, each once: there is no known list of all specs. */
async function searchSpecs(
	context: ILoadOptionsFunctions,
	{ kind, list }: List,
	wanted: ListSearchArgs,
): Promise<INodeListSearchResult> {
	const rows = await fetchForEditor(context, portable, async (api) => {
		const listing = await list(api);
		const specs = new Map<string, string | undefined>();
		for (const resource of listing?.resources ?? []) {
			const name = specName(resource);
			if (name !== undefined) specs.set(name, specs.get(name) ?? specTitle(resource));
		}
		if (specs.size > 0) return specs;
		throw inputError(
			listing
				? `The account has no ${kind} yet whose spec could be listed; choose By Name and enter the spec`
				: `Portable did not offer a list of ${kind}s, from which to list their specs; choose By Name and enter the spec`,
		);
	});
	const items = Array.from(rows, ([value, title]) => ({
		name: title === undefined || title === value ? value : `${title} (${value})`,
		value,
	}));
	return paginateRows(items, wanted);
}

export async function searchSources(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, sources, wanted);
}

export async function searchDestinations(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, destinations, wanted);
}

export async function searchFlows(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, flows, wanted);
}

export async function searchSourceSpecs(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await searchSpecs(this, sources, wanted);
}

export async function searchDestinationSpecs(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await searchSpecs(this, destinations, wanted);
}
