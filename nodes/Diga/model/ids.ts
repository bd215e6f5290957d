import { inputError } from '../../engine/errors';
import { idInAddress, isPageAddress } from '../../engine/input/pageAddress';
import { quoted } from '../../engine/values';

/** The format of the IDs that Activepieces generates for flows and executions. */
const GENERATED_ID = /^[0-9A-Za-z]{21}$/;

/** The path segments that may precede an ID in a page URL. */
const KINDS = { 'a flow': ['flow', 'workflow'], 'an execution': ['execution', 'run'] };

/**
 * Reads an ID, or finds it in a page URL.
 * Diga does not document its page URLs; the `edit_url` of a copied template is an example of one.
 * @param label names the field in the error
 * @throws OperationError if there is no ID
 */
export function readDigaId(text: string, label: string, kind: keyof typeof KINDS): string {
	if (!isPageAddress(text)) {
		if (!/[\s/?#]/.test(text)) return text;
		throw inputError(`${label} must be the ID of ${kind}, but is ${quoted(text)}`);
	}
	const id = idInAddress(text, KINDS[kind], (segment) => GENERATED_ID.test(segment));
	if (id !== undefined) return id;
	throw inputError(
		`${label}: the URL ${quoted(text)} does not contain the ID of ${kind}`,
		'Enter only the ID.',
	);
}
