// Authenticates requests like AWS, with an independent implementation of Signature Version 4.
import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Arrival } from '../server.ts';

export const APPFLOW_REGION = 'eu-west-1';

/** Permanent and temporary credentials. */
export const APPFLOW_KEYS = {
	permanent: {
		accessKeyId: 'AKIASANDBOXSANDBOX00',
		secretAccessKey: 'sandbox/secret+access/key/of/forty/chars',
	},
	temporary: {
		accessKeyId: 'ASIASANDBOXSANDBOX00',
		secretAccessKey: 'sandbox/temporary+access/key/forty/chars',
		sessionToken: 'sandbox//session+token==',
	},
};

/** The maximum difference between a signature and the server's clock. */
const TOLERANCE_MS = 5 * 60_000;

export interface Rejection {
	status: number;
	type: string;
	message: string;
}

function rejection(type: string, message: string, status = 403): Rejection {
	return { status, type, message };
}

const MISMATCH = rejection(
	'InvalidSignatureException',
	'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
);

/** `20260102T030405Z` as epoch ms. */
function readTime(text: string): number {
	const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
	return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

function showTime(time: number): string {
	return new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, '');
}

/** AWS's message about a wrong clock. */
function clockProblem(signedAt: number, now: number): Rejection | undefined {
	if (signedAt < now - TOLERANCE_MS) {
		return rejection(
			'InvalidSignatureException',
			`Signature expired: ${showTime(signedAt)} is now earlier than ${showTime(now - TOLERANCE_MS)} (${showTime(now)} - 5 min.)`,
		);
	}
	if (signedAt > now + TOLERANCE_MS) {
		return rejection(
			'InvalidSignatureException',
			`Signature not yet current: ${showTime(signedAt)} is still later than ${showTime(now + TOLERANCE_MS)} (${showTime(now)} + 5 min.)`,
		);
	}
	return undefined;
}

/** Headers that must be signed if they are sent. */
const TO_BE_SIGNED = /^(host|content-type|x-amz-.+)$/;

/**
 * Verifies the signature of a request, for AppFlow in the sandbox's Region.
 * @param now the server's time in epoch ms
 * @returns the error; undefined if the signature is valid
 */
export async function signatureProblem(
	{ method, path, headers, body }: Arrival,
	now: number,
): Promise<Rejection | undefined> {
	const text = (name: string) => String(headers[name] ?? '');
	if (text('authorization') === '') {
		return rejection('MissingAuthenticationTokenException', 'Missing Authentication Token');
	}
	const parts =
		/^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
			text('authorization'),
		);
	if (!parts) {
		return rejection('IncompleteSignatureException', 'Authorization header is malformed', 400);
	}
	const [, accessKeyId = '', date = '', region = '', service = '', names = ''] = parts;
	const { permanent, temporary } = APPFLOW_KEYS;
	const key = [permanent, temporary].find((one) => one.accessKeyId === accessKeyId);
	const token = key === temporary ? temporary.sessionToken : '';
	if (!key || token !== text('x-amz-security-token')) {
		return rejection(
			'UnrecognizedClientException',
			'The security token included in the request is invalid.',
		);
	}
	const signedAt = readTime(text('x-amz-date'));
	if (!text('x-amz-date').startsWith(date) || Number.isNaN(signedAt)) return MISMATCH;
	if (region !== APPFLOW_REGION || service !== 'appflow') {
		return rejection(
			'InvalidSignatureException',
			`Credential should be scoped to a valid region and to the service: 'appflow' in '${APPFLOW_REGION}'.`,
		);
	}
	const signedNames = names.split(';');
	const left = Object.keys(headers).filter(
		(name) => TO_BE_SIGNED.test(name) && !signedNames.includes(name),
	);
	if (left.length > 0) return MISMATCH;
	const hash = headers['x-amz-content-sha256'];
	if (hash !== undefined && hash !== createHash('sha256').update(body).digest('hex')) {
		return MISMATCH;
	}

	const url = new URL(path, `http://${text('host')}`);
	const query: Record<string, string[]> = {};
	for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
	const signer = new SignatureV4({
		service: 'appflow',
		region: APPFLOW_REGION,
		sha256: Sha256,
		credentials: key,
		applyChecksum: false,
	});
	const theirs = await signer.sign(
		{
			protocol: 'http:',
			method,
			hostname: url.hostname,
			path: path.split('?')[0] ?? '',
			query,
			headers: Object.fromEntries(
				signedNames
					.filter((name) => name !== 'x-amz-security-token')
					.map((name) => [name, text(name)]),
			),
			body: body === '' ? undefined : body,
		},
		{ signingDate: new Date(signedAt), signableHeaders: new Set(signedNames) },
	);
	if (theirs.headers.authorization !== headers.authorization) return MISMATCH;
	return clockProblem(signedAt, now);
}
