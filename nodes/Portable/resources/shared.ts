import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { OperationError, inputError } from '../../engine/errors';
import { warnIncomplete, wantedCount } from '../../engine/input/getMany';
import type { OperationContext } from '../../engine/operation';
import type { Parameters } from '../../engine/input/parameters';
import type { PortableApi } from '../api/PortableApi';
import type { PortableListing } from '../api/resource';
import type { PortableCheck } from '../api/responses';

/** The name that Portable shows for a source, destination or flow. */
export const displayName: INodeProperties = {
	displayName: 'Display Name',
	name: 'displayName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Sales of Example Ltd',
	description: 'The name to show in Portable',
};

/** Adds a hint if a source or destination has no name: its API accepts that, but its app requires one. */
export function warnNameless(
	{ run, item }: OperationContext<PortableApi>,
	kind: string,
	name: string | undefined,
): void {
	if (name !== undefined) return;
	run.warnings.push(
		`The ${kind} has no name, so you cannot distinguish it in Portable. Fill in Display Name, or name it with Update. [Item ${item}]`,
	);
}

/** The same field for an update. */
export const newDisplayName: INodeProperties = {
	...displayName,
	description: 'The new name. Leave empty to keep the current one.',
};

/** Returns up to Limit resources. Adds a hint if the list is incomplete. */
export async function firstOf(
	{ run, item, parameters }: OperationContext<PortableApi>,
	kinds: string,
	list: () => Promise<PortableListing | undefined>,
): Promise<IDataObject[]> {
	const limit = wantedCount(parameters);
	const listing = await list();
	if (!listing) throw inputError(`Portable does not offer a list of ${kinds}`);
	if (limit > listing.resources.length) warnIncomplete(run, item, listing);
	return listing.resources.slice(0, limit === Infinity ? undefined : limit);
}

/** An option of the verify operations; see {@link settleChecks}. */
export const failWhenACheckFails: INodeProperties = {
	displayName: 'Fail When a Check Fails',
	name: 'failWhenACheckFails',
	type: 'boolean',
	default: false,
	description: 'Whether to fail the item if a check reports an error',
};

/**
 * Returns the checks, one output item each.
 * @throws OperationError with the messages of failed checks, if Fail When a Check Fails is on
 */
export function settleChecks(parameters: Parameters, checks: PortableCheck[]): PortableCheck[] {
	const failed = checks.filter(({ isError }) => isError === true);
	if (failed.length > 0 && parameters.flag('options.failWhenACheckFails')) {
		const [first, ...others] = failed.map(({ message }) => message ?? 'A check failed');
		throw new OperationError(first ?? '', { fromService: true, description: others.join(' ') });
	}
	return checks;
}
