import type { ICredentialTestRequest, IHttpRequestOptions } from 'n8n-workflow';

/**
 * A credential test, which succeeds on a 2xx status.
 * @param messages by status, if n8n's default message is not enough
 */
export function credentialTest(
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'body'>,
	messages: Record<number, string> = {},
): ICredentialTestRequest {
	return {
		request: { ...request, disableFollowRedirect: true },
		rules: Object.entries(messages).map(([status, message]) => ({
			type: 'responseCode',
			properties: { value: Number(status), message },
		})),
	};
}
