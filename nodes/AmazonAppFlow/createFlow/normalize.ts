import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { withWireTimes } from '../times';

/** A key's beginning without the slash at its start, with which a flow succeeds and moves nothing. */
export function withoutSlash(prefix: string): string {
	return prefix.replace(/^\/+/, '');
}

function withBarePrefixes<T>(value: T): T;
function withBarePrefixes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one: unknown) => withBarePrefixes(one));
	if (!isObject(value)) return value;
	const entries = Object.entries(value).map(([name, inner]): [string, unknown] =>
		name === 'bucketPrefix' && typeof inner === 'string'
			? [name, withoutSlash(inner)]
			: [name, withBarePrefixes(inner)],
	);
	return Object.fromEntries(entries);
}

/** A body that a user wrote, in the forms that AppFlow takes: times in epoch seconds, key prefixes without a slash at their start. */
export function normalizeBody(body: IDataObject): IDataObject {
	return withBarePrefixes(withWireTimes(body));
}
