import { parseUrl } from '../values';

/** What a page address has before the ID of something else than is asked for, so that it is not taken for it. */
const OTHERS =
	'account connection destination execution flow organization project run source team template workflow workspace'.split(
		' ',
	);

/** `flow` for Flows. */
function singular(segment: string): string {
	return segment.toLowerCase().replace(/s$/, '');
}

export function isPageAddress(text: string): boolean {
	return /^https?:\/\//i.test(text);
}

/**
 * The ID that a page address has of something: the one that follows its kind, as in `/projects/1/flows/2`,
 * else the only one that there is, unless it follows another kind.
 * @param kinds what to look for, in lower case and the singular
 * @param isId whether a segment of the path looks like an ID
 * @returns undefined when there is none, or when several would fit
 */
export function idInAddress(
	text: string,
	kinds: readonly string[],
	isId: (segment: string) => boolean,
): string | undefined {
	const { pathname = '', hash = '' } = parseUrl(text) ?? {};
	// an application in the browser may keep its path behind the #
	const segments = `${pathname}${hash}`.split(/[/#]/).filter((segment) => segment !== '');
	const found = segments.flatMap((id, index) =>
		isId(id) ? { id, after: singular(segments[index - 1] ?? '') } : [],
	);
	const named = found.filter(({ after }) => kinds.includes(after));
	const likely = named.length > 0 ? named : found.filter(({ after }) => !OTHERS.includes(after));
	const ids = new Set(likely.map(({ id }) => id));
	return ids.size === 1 ? [...ids][0] : undefined;
}
