import { inputError } from '../errors';

declare const checked: unique symbol;

/** A path with encoded segments. Only {@link path} creates it. */
export type Path = string & { readonly [checked]: true };

/** Whether a text can be a path segment. URLs drop empty and dot segments, and cannot encode half a surrogate pair. */
export function isSegment(text: string): boolean {
	return !['', '.', '..'].includes(text) && !/\p{Surrogate}/u.test(text);
}

/**
 * Builds a path from a template, e.g. path`/v2/flows/${id}/run`. Each value becomes exactly one segment, so that no
 * input can reach another endpoint.
 * @throws OperationError if a value is not a valid segment; `Parameters.segment` rejects it earlier, by its label
 */
export function path(texts: TemplateStringsArray, ...segments: Array<string | number>): Path {
	const encoded = segments.map((segment) => {
		const text = String(segment);
		if (!isSegment(text)) throw inputError(`"${text}" cannot be used as an ID`);
		return encodeURIComponent(text);
	});
	return String.raw({ raw: texts }, ...encoded) as Path;
}
