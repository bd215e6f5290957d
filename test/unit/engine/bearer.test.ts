import { DigaApi } from '../../../credentials/DigaApi.credentials.ts';
import { PortableApi } from '../../../credentials/PortableApi.credentials.ts';
import { bearer, parseBaseUrl } from '../../../nodes/engine/http/bearer.ts';

describe('base URL', () => {
	it.each([
		['https://api.portable.io', 'https://api.portable.io'],
		[' https://api.portable.io/ ', 'https://api.portable.io'],
		['https://api.portable.io/v2', 'https://api.portable.io'],
		['https://api.portable.io/v2//', 'https://api.portable.io'],
		['https://proxy.example:8443/portable/', 'https://proxy.example:8443/portable'],
		['https://proxy.example/portable/v2/', 'https://proxy.example/portable'],
		['http://localhost:4401', 'http://localhost:4401'],
		['http://127.0.0.1:4401/', 'http://127.0.0.1:4401'],
		['http://[::1]:4401', 'http://[::1]:4401'],
	])('accepts %s', (text, expected) => {
		expect(parseBaseUrl(text)).toBe(expected);
	});

	it.each([
		['http://api.portable.io', 'must start with https'],
		['http://localhost.evil.example', 'must start with https'],
		['http://127.0.0.1.evil.example', 'must start with https'],
		['api.portable.io', 'is not a URL'],
		['file:///etc/passwd', 'is not a URL'],
		['', 'is not a URL'],
		[undefined, 'is not a URL'],
		['https://user:secret@api.portable.io', 'must not have a query, a fragment or a user'],
		['https://api.portable.io?x=1', 'must not have a query, a fragment or a user'],
	])('rejects %s', (text, message) => {
		expect(() => parseBaseUrl(text)).toThrow(message);
	});
});

describe('http://', () => {
	it('is allowed for this machine, and for others only if Allow HTTP is on', () => {
		expect(parseBaseUrl('http://emulator:8080/v2', true)).toBe('http://emulator:8080');
		expect(() => parseBaseUrl('http://emulator:8080')).toThrow('must start with https');
		expect(() => parseBaseUrl('ftp://emulator', true)).toThrow('is not a URL');
	});

	it.each([
		['Portable', new PortableApi(), { token: 'abc-123' }],
		['Diga', new DigaApi(), { apiKey: 'abc-123' }],
	])('%s has the option, which is off by default', async (_name, credential, secret) => {
		expect(credential.properties).toContainEqual(
			expect.objectContaining({ displayName: 'Allow HTTP', name: 'allowHttp', default: false }),
		);
		const data = { baseUrl: 'http://emulator:8080', ...secret };
		const request = { url: '/v2/flows' };
		await expect(credential.authenticate(data, request)).rejects.toThrow('must start with https');
		expect(await credential.authenticate({ ...data, allowHttp: true }, request)).toMatchObject({
			url: 'http://emulator:8080/v2/flows',
			headers: { Authorization: 'Bearer abc-123' },
		});
	});
});

describe('bearer', () => {
	const credential = { baseUrl: 'https://api.portable.io', token: ' Bearer abc-123 ' };

	it('P7: sends the token to the configured host', () => {
		expect(bearer(credential, { url: '/v2/flows', headers: { accept: 'x' } })).toMatchObject({
			url: 'https://api.portable.io/v2/flows',
			headers: { accept: 'x', Authorization: 'Bearer abc-123' },
			sendCredentialsOnCrossOriginRedirect: false,
		});
		expect(bearer(credential, { url: 'https://api.portable.io/v2/x' }).url).toBe(
			'https://api.portable.io/v2/x',
		);
	});

	it('P7: supports the HTTP Request node, which sets uri instead of url', () => {
		const request = { uri: 'https://api.portable.io/v2/flows', url: '' };
		expect(bearer(credential, request)).toMatchObject({ uri: 'https://api.portable.io/v2/flows' });
		const elsewhere = { uri: 'https://evil.example/', url: 'https://api.portable.io/' };
		expect(() => bearer(credential, elsewhere)).toThrow(/only/);
	});

	it.each([
		{ url: 'https://evil.example/v2/flows' },
		{ url: 'https://api.portable.io.evil.example/v2' },
		{ url: 'https://api.portable.io@evil.example/' },
		{ url: 'http://api.portable.io/v2/flows' },
		{ url: 'v2/flows', baseURL: 'https://evil.example' },
	])('P7: rejects %j', (request) => {
		expect(() => bearer(credential, request)).toThrow(/is only for https:\/\/api.portable.io/);
	});

	it('P7: a path that looks like a host stays below the base URL', () => {
		expect(new URL(bearer(credential, { url: '//evil.example/x' }).url).host).toBe(
			'api.portable.io',
		);
	});

	it.each(['', '  ', 'Bearer ', 'a b', 'a\r\nX-Evil: 1', 'töken'])(
		'rejects the token %j',
		(token) => {
			expect(() => bearer({ ...credential, token }, { url: '/v2/flows' })).toThrow(/^The token/);
		},
	);
});
