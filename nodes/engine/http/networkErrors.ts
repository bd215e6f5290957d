import { NOT_SENT_CODE } from '../errors';
import type { Outcome } from './retry';

/** Node's and OpenSSL's codes for a server that was not reached or not trusted, so that no request was sent. */
const UNREACHED =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT_.*|ERR_TLS_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;

/** The words by which n8n refuses to send a request at all, in every version that was looked at (1.123 to 2.41). */
const REFUSED_BY_N8N =
	/^(Domain not allowed|This credential is (restricted|configured)|The request was blocked because|Unrecognized credential type|Node ".*" does not have any credentials)/;

/**
 * The code of the fault behind an error of n8n's request helper.
 * n8n-workflow before 2.34 keeps no cause of an error: the code is in httpCode there, and nowhere else.
 */
function codeOf(thrown: unknown): string | undefined {
	for (let error = thrown, depth = 0; error instanceof Error && depth < 5; depth++) {
		const { code, httpCode } = {
			code: 'code' in error && error.code,
			httpCode: 'httpCode' in error && error.httpCode,
		};
		for (const found of [code, httpCode]) if (typeof found === 'string' && found) return found;
		error = error.cause;
	}
	return undefined;
}

/**
 * What a request came to for which n8n's request helper, or the reading of its answer, threw an error.
 * Whatever does not say clearly that nothing was sent counts as lost, so that nobody takes it for undone.
 * @returns undefined when it is certain that nothing was sent, and no use to try it again
 */
export function outcomeOfError(
	thrown: unknown,
): Extract<Outcome, { kind: 'unreached' | 'lost' }> | undefined {
	const { message } = thrown instanceof Error ? thrown : { message: String(thrown) };
	const code = codeOf(thrown);
	if (code === NOT_SENT_CODE || (code === undefined && REFUSED_BY_N8N.test(message)))
		return undefined;
	if (code !== undefined && UNREACHED.test(code)) return { kind: 'unreached', code };
	return { kind: 'lost', code: code ?? (message || 'unknown') };
}
