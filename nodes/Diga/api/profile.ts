import type { OperationErrorDetails } from '../../engine/errors';
import type { ApiProfile } from '../../engine/http/client';
import { isObject } from '../../engine/values';

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Where in the request FastAPI found something, without the part that says it is in the body. */
function fieldPath(loc: unknown): string {
	const parts = Array.isArray(loc) ? loc.map(String) : [];
	return (['body', 'query', 'path'].includes(parts[0] ?? '') ? parts.slice(1) : parts).join('.');
}

/** FastAPI's list of what it refused: `[{ loc: ["body", "name"], msg, type }]`. */
function readFields(detail: unknown): OperationErrorDetails['fields'] {
	if (!Array.isArray(detail)) return undefined;
	const fields = detail.filter(isObject).flatMap(({ loc, msg }) => {
		const words = text(msg);
		return words === undefined ? [] : [{ path: fieldPath(loc), text: words }];
	});
	return fields.length > 0 ? fields : undefined;
}

/**
 * Diga's words, in any of its shapes: FastAPI's `detail` as a list or a text, `message` beside `error_code`
 * as in most sections of the API, and either of them inside `detail`.
 */
export function readError(body: unknown): ReturnType<ApiProfile['readError']> {
	if (!isObject(body)) return {};
	const { detail, message, error_code: code } = body;
	const fields = readFields(detail);
	if (fields) {
		const words = fields.map((field) =>
			field.path === '' ? field.text : `${field.path}: ${field.text}`,
		);
		return { message: words.join('; '), code: text(code), fields };
	}
	if (isObject(detail)) return readError(detail);
	return { message: text(detail) ?? text(message), code: text(code) };
}

const advice: Record<number, string> = {
	400: 'Check the settings of the step against what the piece asks for, and that the steps named exist in the draft.',
	401: 'Check the API key in the Diga API credential; keys are made in the Diga dashboard under Settings > Project > API Keys.',
	404: 'Check that the ID exists in the project that the API key is for.',
	429: 'Diga takes no more for now. Raise Keep Retrying For in Options, or lower Parallel Requests.',
	422: 'Correct the fields that Diga names.',
};

/** Diga on the wire: https://docs.diga.io */
export const digaProfile: ApiProfile = {
	service: 'Diga',
	credential: 'digaApi',
	secrets: ['apiKey'],
	readError,
	adviceFor: (status) =>
		advice[status] ?? (status >= 500 ? 'Diga has a fault of its own; try again later.' : undefined),
};
