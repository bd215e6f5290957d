import { inputError } from '../errors';

declare const checked: unique symbol;

/** A path whose variable segments were encoded one by one; made by {@link path} only. */
export type Path = string & { readonly [checked]: true };

/** Whether a text can be one segment: neither nothing, nor a step up or nowhere, which URLs drop, nor half a character. */
export function isSegment(text: string): boolean {
	return !['', '.', '..'].includes(text) && !/\p{Surrogate}/u.test(text);
}

/**
 * Builds a path of the service from a template: path`/v2/flows/${id}/run`.
 * Every value becomes exactly one segment, so that no input reaches another endpoint.
 * @throws Fault when a segment is none by {@link isSegment}; what reads it from a field has refused it by its label before
 */
export function path(texts: TemplateStringsArray, ...segments: Array<string | number>): Path {
	const encoded = segments.map((segment) => {
		const text = String(segment);
		if (!isSegment(text)) throw inputError(`"${text}" cannot be used as an ID`);
		return encodeURIComponent(text);
	});
	return String.raw({ raw: texts }, ...encoded) as Path;
}
