import { credentialTest } from '../../../nodes/engine/http/credentialTest.ts';
import { path } from '../../../nodes/engine/http/path.ts';
import { requestError } from '../../../nodes/engine/http/requestErrors.ts';
import type { ApiProfile, Request } from '../../../nodes/engine/http/types.ts';

const profile: ApiProfile = {
	service: 'Example',
	credential: '',
	secrets: [],
	readError: () => ({}),
	adviceFor: () => undefined,
};
const request: Request = { method: 'GET', path: path`/a`, effect: 'read' };

it.each([
	['ENOTFOUND', 'The name of the host is unknown.'],
	['EAI_AGAIN', 'The name of the host is unknown.'],
	['ECONNREFUSED', 'No server accepts connections there.'],
	['CERT_HAS_EXPIRED', 'The secure connection failed.'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'The secure connection failed.'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'The secure connection failed.'],
	['EHOSTUNREACH', 'Check the address in the credential, and that this n8n can reach it.'],
])('the error for %s says what to do', (code, advice) => {
	const { message, details } = requestError(
		profile,
		request,
		{ outcome: { kind: 'unreached', code } },
		{ outcomeUnknown: false },
	);
	expect(message).toBe(`Example could not be reached (${code})`);
	expect(details.description?.startsWith(advice)).toBe(true);
});

it('a credential test says what to do, for each service and in general', () => {
	const test = credentialTest({ method: 'GET', url: '/a' }, { 404: 'Mine', 401: 'Token' });
	const messages = Object.fromEntries(
		(test.rules ?? []).map(({ properties }) =>
			'value' in properties ? [properties.value, properties.message] : [],
		),
	);
	expect(messages).toMatchObject({
		302: expect.stringContaining('Correct the address.'),
		401: 'Token',
		404: 'Mine',
		503: expect.stringContaining('Try again later'),
	});
});
