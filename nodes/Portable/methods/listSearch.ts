import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { asFault, Fault, nodeError, refusal } from '../../engine/fault';
import { Connection, editorLimits } from '../../engine/request';
import { PortableApi, portableWire } from '../PortableApi';
import type { PortableListing } from '../PortableApi';
import { specName } from '../spec';

/** How many rows the editor gets at a time. */
const PAGE = 100;

/** Searches everything that Portable lists, by name, spec or ID, and hands it out page by page. */
async function search(
	context: ILoadOptionsFunctions,
	{
		kind,
		list,
	}: { kind: string; list: (api: PortableApi) => Promise<PortableListing | undefined> },
	filter = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const connection = new Connection(context, portableWire, editorLimits);
	const listing = await list(new PortableApi(connection)).catch(asFault);
	if (listing instanceof Fault) throw nodeError(context.getNode(), listing);
	if (!listing) {
		const fault = refusal(`Portable did not offer a list of ${kind}s; enter the ID`);
		throw nodeError(context.getNode(), fault);
	}
	const wanted = filter.trim().toLowerCase();
	const found = listing.resources
		.map((resource) => {
			const { id, displayName } = resource;
			const label = [displayName, specName(resource)].filter(
				(text): text is string => typeof text === 'string' && text !== '',
			);
			return { name: `${label.join(' · ') || kind} (${id})`, value: id };
		})
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
	const from = Number(paginationToken);
	return {
		results: found.slice(from, from + PAGE),
		paginationToken: from + PAGE < found.length ? String(from + PAGE) : undefined,
	};
}

export async function searchSources(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const sources = { kind: 'source', list: async (api: PortableApi) => await api.listSources() };
	return await search(this, sources, filter, paginationToken);
}

export async function searchDestinations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const destinations = {
		kind: 'destination',
		list: async (api: PortableApi) => await api.listDestinations(),
	};
	return await search(this, destinations, filter, paginationToken);
}

export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const flows = { kind: 'flow', list: async (api: PortableApi) => await api.listFlows() };
	return await search(this, flows, filter, paginationToken);
}
