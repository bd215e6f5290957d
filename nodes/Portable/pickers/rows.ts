import type { INodeListSearchItems } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { PortableApi } from '../api/PortableApi';
import type { PortableListing, PortableResource } from '../api/resource';
import { specName } from '../properties/spec';

/** All IDs of Portable are numbers. */
export const idPlaceholder = 'e.g. 568971';

/** Lists the resources of a kind. Undefined if Portable does not offer a list. */
export type List = (api: PortableApi) => Promise<PortableListing | undefined>;

function row(kind: string, resource: PortableResource): INodeListSearchItems {
	const { id, displayName } = resource;
	const label = [displayName, specName(resource)].filter(
		(text): text is string => typeof text === 'string' && text !== '',
	);
	return { name: `${label.join(' · ') || kind} (${id})`, value: id };
}

/** The resources of a list, by name, spec and ID. */
export function resourceRows(kind: string, list: List) {
	return async (api: PortableApi): Promise<INodeListSearchItems[]> => {
		const listing = await list(api);
		if (!listing) throw inputError(`Portable does not offer a list of ${kind}s. Enter the ID.`);
		return listing.resources.map((resource) => row(kind, resource));
	};
}
