import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { redactor } from './secrets';

/** What a fault is made of beside its message. All parts are optional; only what is known is set. */
export interface OperationErrorDetails {
	/** How to get unstuck, in one or two sentences. */
	description?: string;
	/** HTTP status of the answer. */
	status?: number;
	/**
	 * The service's own code for what went wrong, or the code of the network fault, e.g. `ECONNRESET`.
	 * `NOT_TRIED`: nothing was sent for the item, since the service wanted too long a pause, or had done nothing but
	 * fail for the other items. `NOT_SENT`: the same, but an earlier request of the item had been sent.
	 */
	code?: string;
	/** The fields that the service refused, with its words on each. */
	fields?: Array<{ path: string; text: string }>;
	/** The service's id for the request, which its support asks for. */
	requestId?: string;
	/** True when the request was sent and may have been carried out, although no good answer came back. */
	outcomeUnknown?: boolean;
	/**
	 * Beside `mayBeDone`: the service said that it is busy, but may have done the work. Look first, and send again
	 * only when nothing is found; the pause that it asked for, in ms, has been given to the gate, so that the look
	 * waits for it. Only set when the pause is within Keep Retrying For, which begins anew with each call of `send`:
	 * who sends again has to bound how often.
	 */
	retryAfterCheckMs?: number;
	/** True when the service was asked, so that the fault is about its answer and not about the user's input. */
	fromService?: boolean;
}

const MESSAGE_LIMIT = 500;

/** The code of what was refused before anything was sent. */
export const NOT_SENT_CODE = 'ERR_NOT_SENT';

/**
 * Text from a server or a user, made fit for one line of an error message:
 * control characters out, white space joined, at most 500 characters.
 */
export function oneLine(text: string): string {
	const joined = text
		.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return joined.length > MESSAGE_LIMIT ? `${joined.slice(0, MESSAGE_LIMIT - 1)}…` : joined;
}

/**
 * What went wrong, as one type for every service.
 * The message is the service's own words where it said any.
 */
export class OperationError extends Error {
	/** As it was said: a secret that was cut off, or put on one line, could not be found any more. In no log. */
	readonly #whole: string;

	constructor(
		message: string,
		readonly details: OperationErrorDetails = {},
	) {
		super(oneLine(message));
		this.name = 'OperationError';
		this.#whole = message;
	}

	/**
	 * What n8n before 2.34 keeps of a fault that a credential throws, beside its message:
	 * by it such a refusal is told from an answer that was lost.
	 */
	get code(): string | undefined {
		return this.details.code ?? (this.details.fromService ? undefined : NOT_SENT_CODE);
	}

	/** The same fault without the secrets that a service may have repeated in it, as they are or as JSON writes them. */
	redacted(secrets: readonly string[]): OperationError {
		const conceal = redactor(secrets);
		const { fields, description, code, requestId, ...parts } = this.details;
		return new OperationError(conceal(this.#whole), {
			...parts,
			...(description && { description: conceal(description) }),
			...(code !== undefined && { code: conceal(code) }),
			...(requestId !== undefined && { requestId: conceal(requestId) }),
			...(fields && {
				fields: fields.map(({ path, text }) => ({ path: conceal(path), text: conceal(text) })),
			}),
		});
	}

	/** The same fault with another advice. */
	withDescription(description: string): OperationError {
		return new OperationError(this.#whole, { ...this.details, description });
	}
}

/** Input that cannot work: refused before anything is sent. */
export function inputError(message: string, description?: string): OperationError {
	return new OperationError(message, { description });
}

/** The user, or a timeout of the workflow, stopped the execution. n8n knows such an error by the word "canceled". */
export function canceledError(description?: string): OperationError {
	return new OperationError('The execution was canceled', { description });
}

/** Any thrown value as a Fault. An expression that fails for one item arrives here too. */
export function asOperationError(thrown: unknown): OperationError {
	if (thrown instanceof OperationError) return thrown;
	if (!(thrown instanceof Error)) return new OperationError(`Unexpected: ${String(thrown)}`);
	if (thrown.name === 'AbortError') return canceledError();
	const description = 'description' in thrown ? thrown.description : undefined;
	return new OperationError(thrown.message || thrown.name, {
		description: typeof description === 'string' ? description : undefined,
	});
}

/** One resource that the node created, for the user who has to find it after a stop. */
export interface Created {
	/** The service's word for it, e.g. `source`. */
	kind: string;
	id: string | number;
	item: number;
}

/** A fault and the index of the item that it happened to. */
export interface ItemError {
	error: OperationError;
	item: number;
}

/** How many created resources the description names; the error's context data has all of them. */
const CREATED_NAMED = 100;

function createdSentence(created: Created[]): string {
	if (created.length === 0) return '';
	const named = created
		.slice(0, CREATED_NAMED)
		.map(({ kind, id, item }) => `${kind} ${id} [Item ${item}]`)
		.join(', ');
	const more = created.length - CREATED_NAMED;
	return `Created before this stopped: ${named}${more > 0 ? ` and ${more} more, see the error's context data` : ''}.`;
}

/**
 * The error that a stopped node throws: about the first failing item in input order,
 * with everything that was created before, and the other items that failed while it stopped.
 * @param errors at least one, in any order
 */
export function stopError(
	node: INode,
	errors: [ItemError, ...ItemError[]],
	created: Created[],
): NodeApiError | NodeOperationError {
	const inOrder = [...errors].sort((a, b) => a.item - b.item);
	const { error, item } = inOrder.shift() ?? errors[0];
	const message = `${error.message} [Item ${item}]`;
	const description = [
		error.details.description,
		...inOrder.map((other) => `Failed too: ${other.error.message} [Item ${other.item}]`),
		createdSentence([...created].sort((a, b) => a.item - b.item)),
	]
		.filter(Boolean)
		.join('\n');

	const shown = nodeError(node, error.withDescription(description));
	shown.message = message;
	shown.context.itemIndex = item;
	if (created.length > 0) shown.context.data = { ...errorDetails(error), created };
	return shown;
}

/**
 * The fault as n8n shows it: a NodeApiError when the service was asked, else a NodeOperationError.
 * Always a new one, because wrapping a NodeApiError in another changes nothing.
 */
export function nodeError(node: INode, error: OperationError): NodeApiError | NodeOperationError {
	const {
		message,
		details: { description = '', status, fromService },
	} = error;
	const shown = fromService
		? new NodeApiError(
				node,
				{ message },
				{ message, description, httpCode: status === undefined ? undefined : String(status) },
			)
		: new NodeOperationError(node, message, { description });
	// n8n replaces a message in which it finds a word such as EPERM ("approvePermissions" has it)
	shown.message = message;
	shown.description = description || undefined;
	shown.context.data = errorDetails(error);
	return shown;
}

function errorDetails({ details }: OperationError): IDataObject {
	const { status, code, description, fields, requestId } = details;
	return JSON.parse(
		JSON.stringify({ status, code, description, fields, requestId }),
	) as IDataObject;
}

/** What there is to know of a fault beside its message, as one text; the message where there is nothing. */
function explanation({ message, details }: OperationError): string {
	const { description, status, code, requestId } = details;
	const facts = [
		status !== undefined && `status ${status}`,
		code !== undefined && `code ${code}`,
		requestId !== undefined && `request ID ${requestId}`,
	].filter((fact) => fact !== false);
	const known = [description, facts.length > 0 && `(${facts.join(', ')})`].filter(Boolean);
	return known.join(' ') || message;
}

/**
 * The output of a failed item when the workflow goes on, linked to its input; its `error` is a text.
 * Beside it are `details`, an object; but on the error output a `message`, since n8n before 2.36 sends an item there
 * only when its json has no other keys than error and message, and replaces the json of one that has an error of its own.
 */
export function failedItem({ error, item }: ItemError, node: INode): INodeExecutionData {
	const text = `${error.message} [Item ${item}]`;
	const json =
		node.onError === 'continueErrorOutput'
			? { error: text, message: explanation(error) }
			: { error: text, details: errorDetails(error) };
	return { json, pairedItem: { item } };
}
