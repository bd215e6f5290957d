import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../engine/values';
import { normalizeRates } from '../schedule';
import { withEpochTimes } from '../../api/times';

/** A key's beginning without the slash at its start, with which a flow succeeds and moves nothing. */
export function withoutLeadingSlash(prefix: string): string {
	return prefix.replace(/^\/+/, '');
}

/** The name in `s3://name/` and `arn:aws:s3:::name`. */
export function bucketNameIn(text: string): string {
	return text.replace(/^(s3:\/\/|arn:[\w-]+:s3:::)([^/]+)\/?$/, '$2');
}

/** Their names and values are the user's, or those of another service. */
const FREE_FORM_MAPS = ['tags', 'customProperties'];

function normalizePrefixes<T>(value: T): T;
function normalizePrefixes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one: unknown) => normalizePrefixes(one));
	if (!isObject(value)) return value;
	const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
		if (FREE_FORM_MAPS.includes(name)) return [name, inner];
		const isPrefix = name === 'bucketPrefix' && typeof inner === 'string';
		return [name, isPrefix ? withoutLeadingSlash(inner) : normalizePrefixes(inner)];
	});
	return Object.fromEntries(entries);
}

/**
 * A body that a user wrote, in the forms that AppFlow takes: times in epoch seconds, key prefixes without a slash at
 * their start, rates in the plural and without a blank.
 */
export function normalizeBody(body: IDataObject): IDataObject {
	return normalizePrefixes(normalizeRates(withEpochTimes(body)));
}
