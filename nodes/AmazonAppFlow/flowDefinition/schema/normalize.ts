import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../engine/values';
import { normalizeRates } from '../schedule';
import { withEpochTimes } from '../../api/times';

/**
 * A key prefix without a leading slash, because a flow with one succeeds but transfers nothing:
 * https://github.com/aws/aws-cdk/issues/18899
 */
export function withoutLeadingSlash(prefix: string): string {
	return prefix.replace(/^\/+/, '');
}

/** The bucket name in `s3://name/` or `arn:aws:s3:::name`. Other text is returned unchanged. */
export function bucketNameIn(text: string): string {
	return text.replace(/^(s3:\/\/|arn:[\w-]+:s3:::)([^/]+)\/?$/, '$2');
}

/** Maps whose keys and values are defined by users or by other services. They are not changed. */
const FREE_FORM_MAPS = ['tags', 'customProperties'];

function normalizePrefixes<T>(value: T): T;
function normalizePrefixes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((entry: unknown) => normalizePrefixes(entry));
	if (!isObject(value)) return value;
	const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
		if (FREE_FORM_MAPS.includes(name)) return [name, inner];
		const isPrefix = name === 'bucketPrefix' && typeof inner === 'string';
		return [name, isPrefix ? withoutLeadingSlash(inner) : normalizePrefixes(inner)];
	});
	return Object.fromEntries(entries);
}

/**
 * A request body in AppFlow's formats: times in epoch seconds, key prefixes without a leading slash, and rates with a
 * plural unit and no spaces.
 */
export function normalizeBody(body: IDataObject): IDataObject {
	return normalizePrefixes(normalizeRates(withEpochTimes(body)));
}
