import { bearer, parseBaseUrl } from '../../nodes/engine/bearer.ts';

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
	])('takes %s', (text, expected) => {
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
		['https://user:secret@api.portable.io', 'must end with the host or a path'],
		['https://api.portable.io?x=1', 'must end with the host or a path'],
	])('refuses %s', (text, message) => {
		expect(() => parseBaseUrl(text)).toThrow(message);
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

	it('P7: serves the HTTP Request node, which says uri', () => {
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
	])('P7: refuses %j', (request) => {
		expect(() => bearer(credential, request)).toThrow(/is for https:\/\/api.portable.io only/);
	});

	it('P7: a path that looks like a host stays below the base URL', () => {
		expect(new URL(bearer(credential, { url: '//evil.example/x' }).url).host).toBe(
			'api.portable.io',
		);
	});

	it.each(['', '  ', 'Bearer ', 'a b', 'a\r\nX-Evil: 1', 'töken'])(
		'refuses the token %j',
		(token) => {
			expect(() => bearer({ ...credential, token }, { url: '/v2/flows' })).toThrow(/^The token/);
		},
	);
});
