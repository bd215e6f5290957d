// The contract of Diga, as the sandbox has it, beside a document that Diga publishes.
import { compare } from '../contract/published.ts';
import { driftOf } from './compare.ts';
import type { Drift } from './compare.ts';

/**
 * Compares the operations that this package uses. Intended differences are left out.
 * @param published the facts of the document
 */
export function digaDrift(published: string[]): Drift {
	const { missing, invented, unpublished } = compare('diga', published);
	const { added, gone, changed } = driftOf(invented, missing);
	return { added, gone: [...gone, ...unpublished], changed };
}
