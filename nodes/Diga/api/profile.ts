import type { OperationErrorDetails } from '../../engine/errors';
import type { ApiProfile, Request, ServiceErrorDetails } from '../../engine/http/client';
import { isObject, nonBlankText } from '../../engine/values';

/** The path of a rejected field, e.g. `action.settings`. FastAPI's `loc` starts with the part of the request. */
function fieldPath(loc: unknown): string {
	const parts = Array.isArray(loc) ? loc.map(String) : [];
	return (['body', 'query', 'path'].includes(parts[0] ?? '') ? parts.slice(1) : parts).join('.');
}

/** Reads FastAPI's list of validation errors: `[{ loc: ["body", "name"], msg, type }]`. */
function readFields(detail: unknown): OperationErrorDetails['fields'] {
	if (!Array.isArray(detail)) return undefined;
	const fields = detail.filter(isObject).flatMap(({ loc, msg }) => {
		const message = nonBlankText(msg);
		return message === undefined ? [] : [{ path: fieldPath(loc), text: message }];
	});
	return fields.length > 0 ? fields : undefined;
}

/**
 * Reads the message, code and fields of an error response. Diga uses several shapes: FastAPI's `detail` as a list or
 * text, `message` with `error_code` as in most sections of the API, and either of them inside `detail`.
 * https://docs.diga.io/api-reference/openapi.json
 */
export function readError(body: unknown): ReturnType<ApiProfile['readError']> {
	if (!isObject(body)) return {};
	const { detail, message, error_code: code } = body;
	const fields = readFields(detail);
	if (fields) {
		const messages = fields.map((field) =>
			field.path === '' ? field.text : `${field.path}: ${field.text}`,
		);
		return { message: messages.join('; '), code: nonBlankText(code), fields };
	}
	if (isObject(detail)) return readError(detail);
	return { message: nonBlankText(detail) ?? nonBlankText(message), code: nonBlankText(code) };
}

const advice: Record<number, string> = {
	400: 'Check the settings of the step against the properties of the piece, and check that all steps you name exist in the draft.',
	401: 'Check the API key in the Diga API credential. Create keys in the Diga dashboard under Settings > Project > API Keys.',
	404: 'Check that the ID exists in the project of the API key.',
	422: 'Correct the fields that Diga names.',
	429: 'Diga limits requests per account. Raise Keep Retrying For in Options, or set Parallel Requests to a low number.',
};

/** Paths that address one resource, without a step or branch. */
const RESOURCE_PATHS: Array<[kind: string, pattern: RegExp]> = [
	['agent', /^\/v1\/agent\/([\w-]+)$/],
	['execution', /^\/v1\/workflow\/executions\/([\w-]+)$/],
	['template', /^\/v1\/workflow\/template\/([\w-]+)(?:\/copy)?$/],
	[
		'flow',
		/^\/v1\/workflow\/(?!(?:connections|executions|piece|template)(?:\/|$))([\w-]+)(?:\/(?:rename|status|publish|draft|import|executions))?$/,
	],
];

function missingResource({ path }: Request, { message }: ServiceErrorDetails): string | undefined {
	// FastAPI's message for a path that does not exist
	if (message === 'Not Found') return undefined;
	for (const [kind, pattern] of RESOURCE_PATHS) {
		const id = pattern.exec(path)?.[1];
		if (id !== undefined) return `${kind} with the ID ${id}`;
	}
	return undefined;
}

/** Advice by error code, which takes precedence. The codes are those of the calls section. */
const adviceByCode: Record<string, string | undefined> = {
	NON_SPANISH_PHONE_NUMBER: 'Diga dials Spanish numbers only, which start with +34.',
	PHONE_NUMBER_NOT_FOUND:
		'Enter a phone number of the project of the API key in From Number, or its ID.',
	SIP_CONFIG_NOT_SET: 'Set up SIP for the phone number in the Diga dashboard.',
};

/** How Diga authenticates and reports errors: https://docs.diga.io */
export const digaProfile: ApiProfile = {
	service: 'Diga',
	credential: 'digaApi',
	secrets: ['apiKey'],
	readError,
	missingResource,
	adviceFor: (status, code = '') =>
		adviceByCode[code] ??
		advice[status] ??
		(status >= 500 ? 'Diga had an internal error. Try again later.' : undefined),
};
