import { parseUrl } from '../values';

/** Path segments before the IDs of other kinds of resources. */
const OTHER_KINDS =
	'account agent call connection destination execution flow organization project run source team template version workflow workspace'.split(
		' ',
	);

/** Returns `flow` for `Flows`. */
function singular(segment: string): string {
	return segment.toLowerCase().replace(/s$/, '');
}

export function isPageAddress(text: string): boolean {
	return /^https?:\/\//i.test(text);
}

/**
 * Finds an ID in the address of a web page: the ID that follows the kind, as in `/projects/1/flows/2`, otherwise the
 * only ID that does not follow another kind.
 * @param kinds the kinds of resource, in lower case and singular
 * @param isId whether a path segment looks like an ID
 * @returns undefined if there is no ID, or more than one match
 */
export function idInAddress(
	text: string,
	kinds: readonly string[],
	isId: (segment: string) => boolean,
): string | undefined {
	const { pathname = '', hash = '' } = parseUrl(text) ?? {};
	// a single-page application may keep its path after the #
	const segments = `${pathname}${hash}`.split(/[/#]/).filter((segment) => segment !== '');
	const found = segments.flatMap((id, index) =>
		isId(id) ? { id, after: singular(segments[index - 1] ?? '') } : [],
	);
	const named = found.filter(({ after }) => kinds.includes(after));
	const likely =
		named.length > 0 ? named : found.filter(({ after }) => !OTHER_KINDS.includes(after));
	const ids = new Set(likely.map(({ id }) => id));
	return ids.size === 1 ? [...ids][0] : undefined;
}
