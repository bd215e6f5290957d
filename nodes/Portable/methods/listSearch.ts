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

/** All resources of a list, as rows of the editor. */
async function allRows(
	context: ILoadOptionsFunctions,
	{ kind, list }: List,
): Promise<INodeListSearchItems[]> {
	return await fetchForEditor(context, portable, async (api) => {
		const listing = await list(api);
		if (!listing) throw inputError(`Portable does not offer a list of ${kind}s. Enter the ID.`);
		return listing.resources.map((resource) => row(kind, resource));
	});
}

/** Searches a list by name, spec or ID. */
async function search(
	context: ILoadOptionsFunctions,
	list: List,
	args: ListSearchArgs,
): Promise<INodeListSearchResult> {
	return paginateRows(await allRows(context, list), args);
}

/** All flows, for a field with multiple selection. */
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

/** The distinct specs of the resources in the account. Portable documents no list of all specs. */
async function searchSpecs(
	context: ILoadOptionsFunctions,
	{ kind, list }: List,
	args: ListSearchArgs,
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
				? `The account has no ${kind} with a spec to list. Choose By Name and enter the spec.`
				: `Portable does not offer a list of ${kind}s, so their specs cannot be listed. Choose By Name and enter the spec.`,
		);
	});
	const items = Array.from(rows, ([value, title]) => ({
		name: title === undefined || title === value ? value : `${title} (${value})`,
		value,
	}));
	return paginateRows(items, args);
}

export async function searchSources(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, sources, args);
}

export async function searchDestinations(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, destinations, args);
}

export async function searchFlows(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, flows, args);
}

export async function searchSourceSpecs(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await searchSpecs(this, sources, args);
}

export async function searchDestinationSpecs(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await searchSpecs(this, destinations, args);
}
