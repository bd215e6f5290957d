import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { canonicalUrl, sign } from '../../../nodes/AmazonAppFlow/auth/signature.ts';
import type { AwsKey } from '../../../nodes/AmazonAppFlow/auth/signature.ts';

const KEY: AwsKey = {
	accessKeyId: 'AKIDEXAMPLE',
	secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const NOW = new Date('2026-01-02T03:04:05Z');
const FLOW = '/tags/arn%3Aaws%3Aappflow%3Aeu-west-1%3A123456789012%3Aflow%2Fmy-flow';

interface Asked {
	method?: string;
	region?: string;
	address: string;
	body?: string;
	key?: AwsKey;
}

function signed({ method = 'POST', region = 'eu-west-1', address, body = '', key = KEY }: Asked) {
	return sign(
		{
			method,
			url: canonicalUrl(new URL(`https://appflow.${region}.amazonaws.com${address}`)),
			headers: body === '' ? {} : { 'content-type': 'application/json' },
			body,
		},
		key,
		{ region, service: 'appflow', now: NOW },
	);
}

describe('test vectors, confirmed with botocore', () => {
	it.each<[string, Asked, string, string]>([
		[
			'V1: a start',
			{ address: '/start-flow', body: '{"flowName":"f1"}' },
			'content-type;host;x-amz-date',
			'7eca08491087f613df82a97fd86048fa62a8a5aaf457b6b46178f74e327fcd9f',
		],
		[
			'V2: with a session token',
			{
				address: '/start-flow',
				body: '{"flowName":"f1"}',
				key: { ...KEY, sessionToken: 'SESSION//TOKEN==' },
			},
			'content-type;host;x-amz-date;x-amz-security-token',
			'2fdbb216e111f7934e70b6eeafebc7833bf18bb806c58a018778ced78fa19bd9',
		],
		[
			'V3: an empty object, another region',
			{ region: 'us-east-1', address: '/list-flows', body: '{}' },
			'content-type;host;x-amz-date',
			'8c32a013b49498dcd677ceb6ecc5ba55914e61be1f3cc387972390462792690f',
		],
		[
			'V4: UTF-8',
			{ address: '/create-flow', body: '{"flowName":"f1","description":"é ü"}' },
			'content-type;host;x-amz-date',
			'b8eddeaf97b7e2000eb6fa98fae1a52e93cc774bde37b93d30e348db32034e66',
		],
		[
			'V5: a path that is encoded twice',
			{ method: 'GET', address: FLOW },
			'host;x-amz-date',
			'b3660d968970e4eee4c6795c5f69b03f7c67f34eeafbb718bb65c0289a4d0702',
		],
		[
			'V6: a query to be sorted',
			{ method: 'DELETE', address: `${FLOW}?tagKeys=k&tagKeys=a%2Fb%20c` },
			'host;x-amz-date',
			'37a180e38f4b27a9bd653bcb750ca83cb4a91e336270b0d6bf74fdfeb32dbd29',
		],
	])('%s', (_what, asked, names, signature) => {
		expect(signed(asked).Authorization).toBe(
			`AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/${asked.region ?? 'eu-west-1'}/appflow/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
		);
	});
});

it('signs any request as an independent library does', async () => {
	const text = fc.string({ unit: 'grapheme', maxLength: 20 });
	const request = fc.record({
		method: fc.constantFrom('GET', 'POST', 'DELETE'),
		segments: fc.array(
			text.filter((segment) => !/^\.{1,2}$/.test(segment)),
			{ maxLength: 4 },
		),
		// the other library stores names in plain objects
		query: fc.array(
			fc.tuple(
				text.filter((name) => !(name in {})),
				text,
			),
			{ maxLength: 5 },
		),
		body: fc.option(fc.json(), { nil: '' }),
		region: fc.constantFrom('eu-west-1', 'us-east-1', 'ap-northeast-2'),
		service: fc.constantFrom('appflow', 'sts'),
		sessionToken: fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
		secretAccessKey: fc.string({ minLength: 1 }),
		now: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
		more: fc.constantFrom<Record<string, string>>({}, { 'X-Amz-Meta': '  a   b ' }),
	});
	await fc.assert(
		fc.asyncProperty(request, async ({ segments, query, ...asked }) => {
			const { method, body, region, service, sessionToken, secretAccessKey, now, more } = asked;
			const search = new URLSearchParams(query).toString();
			const address = `/${segments.map(encodeURIComponent).join('/')}?${search}`;
			const url = canonicalUrl(new URL(`https://host.example:8443${address}`));
			const headers: Record<string, string> = { 'content-type': 'application/json', ...more };
			const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, sessionToken };

			const ours = sign({ method, url, headers, body }, key, { region, service, now });

			const queryBag: Record<string, string[]> = {};
			for (const [name, value] of new URL(`https://host.example${address}`).searchParams) {
				(queryBag[name] ??= []).push(value);
			}
			const theirs = await new SignatureV4({
				service,
				region,
				sha256: Sha256,
				credentials: key,
				applyChecksum: false,
			}).sign(
				{
					protocol: 'https:',
					method,
					hostname: 'host.example',
					port: 8443,
					path: url.pathname,
					query: queryBag,
					headers: { ...headers, host: 'host.example:8443' },
					body: body === '' ? undefined : body,
				},
				{ signingDate: now },
			);
			expect(ours.Authorization).toBe(theirs.headers.authorization);
			expect(ours['X-Amz-Date']).toBe(theirs.headers['x-amz-date']);
		}),
		{ numRuns: 500 },
	);
});

it('replaces an earlier signature completely', () => {
	const url = new URL('https://appflow.eu-west-1.amazonaws.com/start-flow');
	const place = { region: 'eu-west-1', service: 'appflow' };
	const request = { method: 'POST', url, headers: { accept: 'x' }, body: '{}' };
	const temporary = { ...KEY, sessionToken: 'old' };
	const first = sign(request, temporary, { ...place, now: new Date(0) });
	const lower = Object.fromEntries(
		Object.entries(first).map(([name, value]) => [name.toLowerCase(), value]),
	);
	for (const headers of [first, lower]) {
		const again = sign({ ...request, headers }, KEY, { ...place, now: NOW });
		expect(again).toEqual(sign(request, KEY, { ...place, now: NOW }));
	}
});

it('makes a URL canonical, so that it is sent as it was signed', () => {
	const url = new URL("https://h.example//a'b(c)*!//d%2Fe?z=1&a=b+c&a=b%2F&~=%7E#f");
	expect(canonicalUrl(url).href).toBe(
		'https://h.example/a%27b%28c%29%2A%21/d%2Fe?a=b%20c&a=b%2F&z=1&~=~',
	);
	expect(canonicalUrl(canonicalUrl(url)).href).toBe(canonicalUrl(url).href);
});
