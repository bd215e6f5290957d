import { AppflowClient } from '@aws-sdk/client-appflow';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { authenticate } from '../../../nodes/AmazonAppFlow/auth/authenticate.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const CREDENTIAL = {
	region: 'eu-west-1',
	accessKeyId: ' AKIDEXAMPLE ',
	secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n',
	sessionToken: '',
	endpoint: '',
};
const START: IHttpRequestOptions = {
	method: 'POST',
	url: '/start-flow',
	headers: { accept: 'application/json', 'content-type': 'application/json' },
	body: '{"flowName":"f1"}',
};
const V1 = /Signature=7eca08491087f613df82a97fd86048fa62a8a5aaf457b6b46178f74e327fcd9f$/;

it('signs for the host of the Region', () => {
	expect(authenticate(CREDENTIAL, START, NOW)).toMatchObject({
		method: 'POST',
		url: 'https://appflow.eu-west-1.amazonaws.com/start-flow',
		body: '{"flowName":"f1"}',
		headers: {
			accept: 'application/json',
			'content-type': 'application/json',
			Host: 'appflow.eu-west-1.amazonaws.com',
			'X-Amz-Date': '20260102T030405Z',
			Authorization: expect.stringMatching(V1),
		},
		disableFollowRedirect: true,
	});
});

it('can sign its own result, because n8n authenticates each retry', () => {
	const later = new Date('2026-01-02T03:09:00Z');
	const twice = authenticate(CREDENTIAL, authenticate(CREDENTIAL, START, NOW), later);
	expect(twice).toEqual(authenticate(CREDENTIAL, START, later));
});

it('signs the body as sent: an object is serialized once, and an empty POST sends {}', () => {
	const { body: _body, ...bare } = START;
	const object = authenticate(CREDENTIAL, { ...bare, body: { flowName: 'f1' } }, NOW);
	expect(object).toMatchObject({
		body: '{"flowName":"f1"}',
		headers: { Authorization: expect.stringMatching(V1) },
	});
	expect(authenticate(CREDENTIAL, { ...bare, body: {} }, NOW).body).toBe('{}');
	expect(authenticate(CREDENTIAL, { ...START, body: ' {"flowName":"f1"}\n' }, NOW)).toEqual(object);
});

it('removes the body and content type when n8n adds an empty object to a GET', () => {
	const { body, headers } = authenticate(CREDENTIAL, { ...START, method: 'GET', body: {} }, NOW);
	expect(body).toBeUndefined();
	expect(Object.keys(headers ?? {})).toEqual(['accept', 'Host', 'X-Amz-Date', 'Authorization']);
});

it('moves the query into the signed URL, in canonical form', () => {
	const url = '/tags/arn%3Aaws%3Aappflow%3Aeu-west-1%3A123456789012%3Aflow%2Fmy-flow';
	const request: IHttpRequestOptions = { method: 'DELETE', url, qs: { tagKeys: ['k', 'a/b c'] } };
	const signed = authenticate(CREDENTIAL, request, NOW);
	expect(signed.url).toBe(
		`https://appflow.eu-west-1.amazonaws.com${url}?tagKeys=a%2Fb%20c&tagKeys=k`,
	);
	expect(signed).not.toHaveProperty('qs');
	// a test vector of signature.test.ts
	expect(signed.headers?.Authorization).toMatch(
		/37a180e38f4b27a9bd653bcb750ca83cb4a91e336270b0d6bf74fdfeb32dbd29$/,
	);
});

it('works for the HTTP Request node, which uses uri, and disables redirects to protect the session token', () => {
	const request = { ...START, uri: 'https://appflow.eu-west-1.amazonaws.com/start-flow', url: '' };
	expect(authenticate(CREDENTIAL, request, NOW)).toMatchObject({
		uri: 'https://appflow.eu-west-1.amazonaws.com/start-flow',
		followRedirect: false,
		headers: { Authorization: expect.stringMatching(V1) },
	});
});

it.each([
	{ url: 'https://evil.example/list-flows' },
	{ url: 'https://appflow.us-east-1.amazonaws.com/list-flows' },
	{ url: 'https://sts.amazonaws.com/' },
	{ url: 'https://appflow.eu-west-1.amazonaws.com@evil.example/' },
	{ url: 'http://appflow.eu-west-1.amazonaws.com/list-flows' },
	{ url: 'list-flows', baseURL: 'https://evil.example' },
])('signs only for its own host: %j', (request) => {
	expect(() => authenticate(CREDENTIAL, request, NOW)).toThrow(
		/is only for https:\/\/appflow\.eu-west-1\.amazonaws\.com/,
	);
});

it.each([
	['eu-west-1', 'appflow.eu-west-1.amazonaws.com'],
	['cn-north-1', 'appflow.cn-north-1.amazonaws.com.cn'],
	['us-gov-west-1', 'appflow.us-gov-west-1.amazonaws.com'],
	['eusc-de-east-1', 'appflow.eusc-de-east-1.amazonaws.eu'],
	[' ap-southeast-7 ', 'appflow.ap-southeast-7.amazonaws.com'],
])('Region %s has the host %s', (otherRegion, host) => {
	const { url } = authenticate({ ...CREDENTIAL, region: 'other', otherRegion }, START, NOW);
	expect(new URL(url).host).toBe(host);
});

/** A Region in each partition of AWS, and a Region that does not exist yet. */
it.each([
	'us-east-1',
	'mx-central-1',
	'cn-north-1',
	'cn-northwest-1',
	'us-gov-east-1',
	'eusc-de-east-1',
	'us-iso-east-1',
	'us-iso-west-1',
	'us-isob-east-1',
	'us-isob-west-1',
	'eu-isoe-west-1',
	'us-isof-east-1',
	'us-isof-south-1',
	'eu-south-9',
])("uses the same host as AWS's client in %s", (otherRegion) => {
	const client = new AppflowClient({ region: otherRegion });
	const { url: theirs } = client.config.endpointProvider({ Region: otherRegion });
	client.destroy();
	const { url } = authenticate({ ...CREDENTIAL, region: 'other', otherRegion }, START, NOW);
	expect(new URL(url).host).toBe(theirs.host);
});

it.each([
	'',
	'eu',
	'eu-west',
	'EU-WEST-1',
	'eu-west-1.evil.example/',
	'eu-west-1#',
	'a@b-c-1',
	`eu-${'w'.repeat(30)}-1`,
	7,
])('rejects the Region %j before it becomes part of a host name', (otherRegion) => {
	const credential = { ...CREDENTIAL, region: 'other', otherRegion };
	expect(() => authenticate(credential, START, NOW)).toThrow(/^The Region in the credential/);
});

it('accepts an endpoint for PrivateLink, FIPS and tests, and still signs for the Region', () => {
	const endpoint = 'https://vpce-1.appflow.eu-west-1.vpce.amazonaws.com/';
	const { url, headers } = authenticate({ ...CREDENTIAL, endpoint }, START, NOW);
	expect(url).toBe('https://vpce-1.appflow.eu-west-1.vpce.amazonaws.com/start-flow');
	expect(headers?.Authorization).toContain('/20260102/eu-west-1/appflow/aws4_request');
	expect(
		authenticate({ ...CREDENTIAL, endpoint: 'http://127.0.0.1:4403' }, START, NOW).headers?.Host,
	).toBe('127.0.0.1:4403');
});

it.each([
	['http://appflow.example', /must start with https/],
	['http://192.168.1.5:4566', /must start with https/],
	['appflow.example', /is not a URL/],
	['https://proxy.example/aws', /must not have a path/],
	['https://u:p@appflow.example', /must not have a query, a fragment or a user/],
])('rejects the endpoint %s', (endpoint, message) => {
	expect(() => authenticate({ ...CREDENTIAL, endpoint }, START, NOW)).toThrow(message);
});

it('sends to an emulator in the local network only if HTTP is allowed, and says how to allow it', () => {
	const credential = { ...CREDENTIAL, endpoint: 'http://emulator:4566' };
	expect(authenticate({ ...credential, allowHttp: true }, START, NOW)).toMatchObject({
		url: 'http://emulator:4566/start-flow',
		headers: { Host: 'emulator:4566' },
	});
	for (const allowHttp of [undefined, false, '', 'true', 1]) {
		let thrown: unknown;
		try {
			authenticate({ ...credential, allowHttp } as never, START, NOW);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({
			message: expect.stringContaining('must start with https'),
			details: { description: expect.stringContaining('turn on Allow HTTP in the credential') },
		});
	}
	const elsewhere = { ...START, url: 'http://other:4566/start-flow' };
	expect(() => authenticate({ ...credential, allowHttp: true }, elsewhere, NOW)).toThrow(/only/);
});

it.each([
	[{ accessKeyId: '' }, 'The access key ID in the credential is empty'],
	[{ accessKeyId: 'AKID/x' }, 'The access key ID in the credential contains invalid characters'],
	[{ secretAccessKey: ' ' }, 'The secret access key in the credential is empty'],
	[{ secretAccessKey: 'a b' }, 'The secret access key in the credential contains spaces'],
	[{ sessionToken: 'a\r\nX-Evil: 1' }, 'The session token in the credential contains spaces'],
	[{ accessKeyId: 'ASIAEXAMPLE' }, 'is temporary and requires a session token'],
])('rejects the key %j', (part, message) => {
	expect(() => authenticate({ ...CREDENTIAL, ...part }, START, NOW)).toThrow(message);
});

it('rejects a body that it cannot sign', () => {
	expect(() =>
		authenticate(CREDENTIAL, { ...START, body: new URLSearchParams('a=b') }, NOW),
	).toThrow('can sign JSON only');
});
