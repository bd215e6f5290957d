import type { ICredentialTestRequest, IHttpRequestOptions } from 'n8n-workflow';

const REDIRECT =
	'The address returned a redirect, which is not followed, because it could send the token to another server. Correct the address.';
const DOWN = 'The service is not available. Try again later, or check the address.';

/** What to do after a status that all services return for the same reason. */
const commonMessages: Record<number, string> = {
	301: REDIRECT,
	302: REDIRECT,
	303: REDIRECT,
	307: REDIRECT,
	308: REDIRECT,
	404: 'The address does not have this API (404). Check the address.',
	429: 'The service limits the number of requests (429). Try again in a minute.',
	500: DOWN,
	502: DOWN,
	503: DOWN,
	504: DOWN,
};

/**
 * A credential test, which succeeds on a 2xx status.
 * @param messages by status, for the reasons of one service
 */
export function credentialTest(
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'body'>,
	messages: Record<number, string> = {},
): ICredentialTestRequest {
	return {
		request: { ...request, disableFollowRedirect: true },
		rules: Object.entries({ ...commonMessages, ...messages }).map(([status, message]) => ({
			type: 'responseCode',
			properties: { value: Number(status), message },
		})),
	};
}
