import './requiredN8n';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { redactor } from './secrets';

/** The details of an error besides its message. Only known details are set. */
export interface OperationErrorDetails {
	/** How to resolve the error, in one or two sentences. */
	description?: string;
	/** The HTTP status of the response. */
	status?: number;
	/**
	 * The service's error code, or the code of the network error, e.g. `ECONNRESET`.
	 * `NOT_TRIED`: nothing was sent for the item, because the service asked for a pause that is too long, or because
	 * all requests of other items failed. `NOT_SENT`: the same, but an earlier request of the item was sent.
	 */
	code?: string;
	/** The fields that the service rejected, with its message for each. */
	fields?: Array<{ path: string; text: string }>;
	/** The service's ID for the request, which its support asks for. */
	requestId?: string;
	/** True if the request was sent and may have been carried out, although there was no success response. */
	outcomeUnknown?: boolean;
	/**
	 * Set with `outcomeUnknown` if the service was busy, but may have carried out the request: check, and retry only if
	 * the check finds nothing. The value is the pause that the service asked for, in ms. The rate limiter already
	 * applies it to the check. Only set if the pause is within Keep Retrying For. That limit starts again with each
	 * call of `HttpClient.send`, so callers must limit their retries.
	 */
	retryAfterCheckMs?: number;
	/** True if the error comes from the service's response, and not from the user's input. */
	fromService?: boolean;
}

const MESSAGE_LIMIT = 500;

/** The code of an error before anything was sent. */
export const NOT_SENT_CODE = 'ERR_NOT_SENT';

/**
 * Formats text from a server or a user as one line of an error message: removes control characters, collapses
 * whitespace, and cuts after 500 characters.
 */
export function oneLine(text: string): string {
	const joined = text
		.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return joined.length > MESSAGE_LIMIT ? `${joined.slice(0, MESSAGE_LIMIT - 1)}…` : joined;
}

/** The error type for all services. The message is the service's own if it sent one. */
export class OperationError extends Error {
	/** The original message, because a secret that was cut off can no longer be redacted. Private, so that no log has it. */
	readonly #original: string;

	constructor(
		message: string,
		readonly details: OperationErrorDetails = {},
	) {
		super(oneLine(message));
		this.name = 'OperationError';
		this.#original = message;
	}

	/**
	 * The code, which n8n before 2.34 keeps when a credential throws the error. It distinguishes a request that was
	 * not sent from a lost response.
	 */
	get code(): string | undefined {
		return this.details.code ?? (this.details.fromService ? undefined : NOT_SENT_CODE);
	}

	/** Returns a copy without secrets, both as plain text and as JSON encodes them. */
	redacted(secrets: readonly string[]): OperationError {
		const redact = redactor(secrets);
		const { fields, description, code, requestId, ...parts } = this.details;
		return new OperationError(redact(this.#original), {
			...parts,
			...(description && { description: redact(description) }),
			...(code !== undefined && { code: redact(code) }),
			...(requestId !== undefined && { requestId: redact(requestId) }),
			...(fields && {
				fields: fields.map(({ path, text }) => ({ path: redact(path), text: redact(text) })),
			}),
		});
	}

	/** Returns a copy with another description. */
	withDescription(description: string): OperationError {
		return new OperationError(this.#original, { ...this.details, description });
	}
}

/** An error about invalid input, before anything is sent. */
export function inputError(message: string, description?: string): OperationError {
	return new OperationError(message, { description });
}

/** The error for an execution that a user or a timeout stopped. n8n recognizes it by the word "canceled". */
export function canceledError(description?: string): OperationError {
	return new OperationError('The execution was canceled', { description });
}

/** Converts any thrown value, such as the error of a failed expression, to an OperationError. */
export function asOperationError(thrown: unknown): OperationError {
	if (thrown instanceof OperationError) return thrown;
	if (!(thrown instanceof Error)) return new OperationError(`Unexpected error: ${String(thrown)}`);
	if (thrown.name === 'AbortError') return canceledError();
	const description = 'description' in thrown ? thrown.description : undefined;
	return new OperationError(thrown.message || thrown.name, {
		description: typeof description === 'string' ? description : undefined,
	});
}

/** A resource that the node created, so that the user can find it after the node stopped. */
export interface Created {
	/** The service's name for the kind of resource, e.g. `source`. */
	kind: string;
	id: string | number;
	item: number;
}

/** An error and the index of its item. */
export interface ItemError {
	error: OperationError;
	item: number;
}

/** The maximum number of created resources in the description. The error's context data lists all. */
const MAX_CREATED = 100;

function createdSentence(created: Created[]): string {
	if (created.length === 0) return '';
	const named = created
		.slice(0, MAX_CREATED)
		.map(({ kind, id, item }) => `${kind} ${id} [Item ${item}]`)
		.join(', ');
	const more = created.length - MAX_CREATED;
	return `Created before the node stopped: ${named}${more > 0 ? ` and ${more} more (see the error's context data)` : ''}.`;
}

/**
 * The error of a stopped node: for the first failed item in input order. The description lists everything that was
 * created, and the other items that failed.
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
		...inOrder.map((other) => `Also failed: ${other.error.message} [Item ${other.item}]`),
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
 * Converts an error for n8n: to a NodeApiError if it comes from the service, otherwise to a NodeOperationError.
 * Always creates a new one, because wrapping a NodeApiError in another one has no effect.
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
	// n8n replaces a message that contains a word such as EPERM, e.g. in "approvePermissions"
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

/** The details of an error as one text, or its message if it has none. */
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
 * The output of a failed item if the workflow continues: `error` is text, and `details` is an object. On the error
 * output, `message` replaces `details`: n8n before 2.36 sends an item there only if its JSON has no keys besides
 * `error` and `message`, and replaces the JSON of an item with an error object.
 */
export function failedItem({ error, item }: ItemError, node: INode): INodeExecutionData {
	const text = `${error.message} [Item ${item}]`;
	const json =
		node.onError === 'continueErrorOutput'
			? { error: text, message: explanation(error) }
			: { error: text, details: errorDetails(error) };
	return { json, pairedItem: { item } };
}
