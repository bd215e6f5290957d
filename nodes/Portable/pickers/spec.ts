import type { INodeListSearchItems, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import { locator } from '../../engine/input/locator';
import { accountListSearch } from '../../engine/node/editor';
import { portableApi } from '../api/definition';
import type { PortableApi } from '../api/PortableApi';
import { specName, specTitle } from '../properties/spec';
import type { List } from './rows';

/** The distinct specs of the resources in the account. Portable documents no list of all specs. */
function specRows(kind: string, list: List) {
	return async (api: PortableApi): Promise<INodeListSearchItems[]> => {
		const listing = await list(api);
		const specs = new Map<string, string | undefined>();
		for (const resource of listing?.resources ?? []) {
			const name = specName(resource);
			if (name !== undefined) specs.set(name, specs.get(name) ?? specTitle(resource));
		}
		if (specs.size === 0) {
			throw inputError(
				listing
					? `The account has no ${kind} with a spec to list. Choose By Name and enter the spec.`
					: `Portable does not offer a list of ${kind}s, so their specs cannot be listed. Choose By Name and enter the spec.`,
			);
		}
		return Array.from(specs, ([value, title]) => ({
			name: title === undefined || title === value ? value : `${title} (${value})`,
			value,
		}));
	};
}

interface SpecLocator {
	name: string;
	/** The list whose resources have the specs. */
	search: { name: string; kind: string; list: List };
	placeholder: string;
	description: string;
}

/** Selects the spec of a new resource: from the specs in use in the account, or by machine name. */
export function specLocator(
	label: string,
	{ search: { name, kind, list }, ...spec }: SpecLocator,
): INodeProperties {
	const search = accountListSearch(name, portableApi, specRows(kind, list));
	return locator(label, { ...spec, search, what: 'spec', by: 'name', first: 'by' });
}
