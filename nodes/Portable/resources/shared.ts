import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { OperationError, inputError } from '../../engine/errors';
import { warnIncomplete, wantedCount } from '../../engine/input/getMany';
import { locator } from '../../engine/input/locator';
import type { OperationContext } from '../../engine/operation';
import type { Parameters } from '../../engine/input/parameters';
import type { PortableApi, PortableCheck, PortableListing } from '../api/PortableApi';

/** The name that Portable shows for a source, destination or flow. */
export const displayName: INodeProperties = {
	displayName: 'Display Name',
	name: 'displayName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Sales of Example Ltd',
	description: 'The name to show in Portable',
};

/** As Portable numbers everything. */
const placeholder = 'e.g. 568971';

export const sourceLocator = locator('Source', {
	name: 'source',
	searchListMethod: 'searchSources',
	placeholder,
});

export const destinationLocator = locator('Destination', {
	name: 'destination',
	searchListMethod: 'searchDestinations',
	placeholder,
});

export const flowLocator = locator('Flow', {
	name: 'flow',
	searchListMethod: 'searchFlows',
	placeholder,
});

/** Picks the spec of something new: one that the account has used, or any other by its machine name. */
export function specLocator(
	label: string,
	spec: { name: string; searchListMethod: string; placeholder: string; description: string },
): INodeProperties {
	return locator(label, { ...spec, what: 'spec', by: 'name', first: 'by' });
}

/** As many of a list as are wanted; a hint says when there are more that it did not give. */
export async function firstOf(
	{ run, item, parameters }: OperationContext<PortableApi>,
	what: string,
	list: () => Promise<PortableListing | undefined>,
): Promise<IDataObject[]> {
	const wanted = wantedCount(parameters);
	const listing = await list();
	if (!listing) throw inputError(`Portable did not offer a list of ${what}`);
	if (wanted > listing.resources.length) warnIncomplete(run, item, listing);
	return listing.resources.slice(0, wanted === Infinity ? undefined : wanted);
}

/** The option of the verify operations; read by {@link settleChecks}. */
export const failWhenACheckFails: INodeProperties = {
	displayName: 'Fail When a Check Fails',
	name: 'failWhenACheckFails',
	type: 'boolean',
	default: false,
	description: 'Whether the item fails when one of the checks reports an error',
};

/** The checks, one output item each; a fault with what they say when one of them failed and must not. */
export function settleChecks(parameters: Parameters, checks: PortableCheck[]): PortableCheck[] {
	const failed = checks.filter(({ isError }) => isError === true);
	if (failed.length > 0 && parameters.flag('options.failWhenACheckFails')) {
		const [first, ...others] = failed.map(({ message }) => message ?? 'A check failed');
		throw new OperationError(first ?? '', { fromService: true, description: others.join(' ') });
	}
	return checks;
}
