import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import { isByteStream, parseJson, readBody, writeJson } from './body';
import { asFault, canceled, Fault } from './fault';
import type { FaultParts } from './fault';
import type { Path } from './path';
import { decide, isThrottle, parseRetryAfter } from './retry';
import type { Effect, GivingUp, Outcome } from './retry';
import { Run } from './run';
import { sleep } from './sleep';
import { epochMs, wordsIn } from './values';

/** The parts of n8n's contexts that a request needs; each kind of context has them. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** What the request layer has to know about a service. */
export interface Wire {
	/** As users know it: it starts messages such as "Portable did not answer". */
	service: string;
	/** The credential type that authenticates, and that knows the host. */
	credential: string;
	/** Its fields that are secret. */
	secrets: string[];
	/**
	 * The service's own words and codes in an answer that is not a success.
	 * @param body parsed JSON, or text where it is none
	 * @param headers their names in lower case
	 */
	readFault(body: unknown, headers: Headers): FaultWords;
	/** How to get unstuck, by status, code and words. */
	advise(status: number, code?: string, message?: string): string | undefined;
	/** Whether the service says by this code that it takes no more for now, whatever the status. */
	isThrottled?(code: string): boolean;
}

/** What a service says of a fault. */
export type FaultWords = Pick<FaultParts, 'code' | 'fields'> & { message?: string };

/** Of an answer, their names in lower case. */
export type Headers = Record<string, unknown>;

export interface Request {
	method: IHttpRequestMethods;
	path: Path;
	/** A list repeats its key. */
	query?: Record<string, string | number | boolean | string[] | undefined>;
	/** Sent as JSON. Keys without a value are left out. */
	body?: object;
	effect: Effect;
	/** Statuses besides the successes that the caller wants to see instead of a fault. */
	accept?: readonly number[];
	/** The same, but only when an earlier try may have been carried out: what was deleted by it is not found. */
	acceptWhenRepeated?: readonly number[];
	/** For what can be done without: it is tried once, and never sent again. */
	onceOnly?: boolean;
}

export interface Answer {
	status: number;
	/** The server's clock when it answered, in epoch ms, to the second; undefined when it does not tell. */
	serverTimeMs?: number;
	/** Parsed JSON; undefined when the answer had no body. Whole numbers beyond 2^53 are text, so that no digit is lost. */
	body: unknown;
}

export interface Limits {
	/** For one try, in ms. */
	timeoutMs: number;
	/** For how long one request may be sent again, in ms. */
	keepRetryingMs: number;
}

/** For requests that a person waits for in the editor. */
export const editorLimits: Limits = { timeoutMs: 30_000, keepRetryingMs: 10_000 };

/** Shorter texts are no secrets worth concealing, and would tear words apart. */
const SECRET_LENGTH = 4;

/** The code of the network fault behind an error of n8n's request helper. */
function networkCode(thrown: unknown): string | undefined {
	for (let error = thrown, depth = 0; error instanceof Error && depth < 5; depth++) {
		const { code } = error instanceof Fault ? error.parts : { code: 'code' in error && error.code };
		if (typeof code === 'string') return code;
		error = error.cause;
	}
	return undefined;
}

/** Node's and OpenSSL's codes for a server that was not reached or not trusted, so that no request was sent. */
const UNREACHED =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT_.*|ERR_TLS_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;

type Try =
	| { outcome: Outcome; answer?: Answer; location?: string; requestId?: string; words?: FaultWords }
	/** The request was never sent, or the answer cannot be used: no use in trying again. */
	| { fault: Fault };

/** What is not sent again, and what is known of it. */
type Unsettled = Omit<GivingUp, 'then'>;

/**
 * The only way out to the network. One per item, because items have their own limits;
 * the gate is shared by all items of a node run.
 */
export class Connection {
	/** The server's clock when it answered last, in epoch ms, to the second. */
	serverTimeMs?: number;

	private readonly secrets: string[] = [];

	constructor(
		private readonly context: Context,
		private readonly wire: Wire,
		private readonly limits: Limits,
		private readonly run = new Run(),
	) {}

	/**
	 * Sends the request, again where that is harmless (see retry.ts), and returns the service's answer.
	 * @throws Fault with the service's words; `mayBeDone` when a write may have been carried out
	 */
	async send(request: Request): Promise<Answer> {
		const signal = this.cancelSignal();
		let deadline: number | undefined;
		let mayBeDone = false;
		for (let attempt = 1; ; attempt++) {
			await this.run.gate.pass(signal);
			if (signal?.aborted) throw canceled();
			deadline ??= Date.now() + (request.onceOnly ? 0 : this.limits.keepRetryingMs);
			const tried = await this.run.inSlot(async () => await this.tryOnce(request));
			if ('fault' in tried) throw await this.conceal(tried.fault);
			const { outcome, answer } = tried;
			this.log(request, outcome);
			if (outcome.kind === 'answered' && !isThrottle(outcome)) this.run.gate.accept();
			const { accept = [], acceptWhenRepeated = [] } = request;
			const accepted = mayBeDone ? [...accept, ...acceptWhenRepeated] : accept;
			if (answer && (answer.status < 300 || accepted.includes(answer.status))) return answer;
			mayBeDone ||=
				outcome.kind === 'lost' || (outcome.kind === 'answered' && outcome.status >= 500);

			const decision = decide(request.effect, outcome, {
				attempt,
				leftMs: deadline - Date.now(),
				random: Math.random(),
			});
			if (decision.then !== 'again') {
				const unsettled: Unsettled = decision.then === 'give up' ? decision : { mayBeDone: false };
				// one that was tried again may have been carried out by an earlier try
				unsettled.mayBeDone ||= request.effect === 'idempotent' && mayBeDone;
				const { sendAgainAfterMs } = unsettled;
				if (sendAgainAfterMs !== undefined) this.run.gate.refuse(sendAgainAfterMs);
				throw await this.conceal(this.fault(request, tried, unsettled));
			}
			if (decision.everyone) this.run.gate.refuse(decision.waitMs);
			else await sleep(decision.waitMs, signal);
		}
	}

	/** Adds values of which no fault may show a text or number. */
	keepSecret(...values: unknown[]): void {
		const words = [...wordsIn(values)].map((word) => word.trim());
		this.secrets.push(...words.filter(({ length }) => length >= SECRET_LENGTH));
	}

	/** A service may repeat in its error what it was sent. */
	private async conceal(fault: Fault): Promise<Fault> {
		const data: IDataObject = await this.credential().then(
			(credential) => credential.data,
			() => ({}),
		);
		for (const name of this.wire.secrets) {
			const value = data[name];
			if (typeof value === 'string') this.keepSecret(value.trim().replace(/^bearer\s+/i, ''));
		}
		return fault.without(this.secrets);
	}

	/** Read once for all items of the run: else n8n reads and decrypts it again for each request. */
	private async credential() {
		const { credential: type } = this.wire;
		const data = await this.run.once(
			`credential ${type}`,
			async () => await this.context.getCredentials(type),
		);
		return { id: '', name: '', type, data };
	}

	/** For who runs n8n with debug logs. Neither token nor body is in it. */
	private log({ method, path }: Request, outcome: Outcome): void {
		const what =
			outcome.kind === 'answered'
				? `answered ${outcome.status}`
				: `${outcome.kind} (${outcome.code})`;
		this.context.logger.debug(`${this.wire.service}: ${method} ${path} ${what}`);
	}

	private cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}

	private async tryOnce(request: Request): Promise<Try> {
		const options = this.options(request);
		try {
			const response: unknown = await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				this.wire.credential,
				options,
				{ credentialsDecrypted: await this.credential() },
			);
			return await this.read(response);
		} catch (error) {
			if (this.cancelSignal()?.aborted) return { fault: canceled() };
			const code = networkCode(error);
			if (code === undefined) return { fault: notSent(error) };
			if (code === 'TOO_LARGE' || code === 'TOO_DEEP')
				return { fault: this.unusable(request, asFault(error).message) };
			return { outcome: { kind: UNREACHED.test(code) ? 'unreached' : 'lost', code } };
		}
	}

	private options({ method, path, query, body }: Request): IHttpRequestOptions {
		const search = new URLSearchParams();
		for (const [key, value] of Object.entries(query ?? {})) {
			for (const one of [value].flat()) if (one !== undefined) search.append(key, String(one));
		}
		return {
			method,
			url: search.size > 0 ? `${path}?${search.toString()}` : path,
			headers: {
				accept: 'application/json',
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			// as text: n8n drops an empty object, and axios copies objects key by key
			...(body !== undefined && { body: writeJson(body) }),
			timeout: this.limits.timeoutMs,
			// a redirect would carry the token and, as a GET, lose the body
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			// a stream, because n8n sets no limit to what it reads into memory
			encoding: 'stream',
		};
	}

	private async read(response: unknown): Promise<Try> {
		if (!isFullResponse(response) || !isByteStream(response.body)) {
			return { fault: new Fault(`n8n returned no answer of ${this.wire.service}`) };
		}
		const { statusCode: status, headers } = response;
		const text = await readBody(response.body, this.limits.timeoutMs);
		const answer = readAnswer(text, status, headers);
		this.serverTimeMs = answer?.serverTimeMs ?? this.serverTimeMs;
		const words = status < 400 ? undefined : this.wire.readFault(answer?.body ?? text, headers);
		const { code = '' } = words ?? {};
		const outcome: Outcome = {
			kind: 'answered',
			status,
			throttled: this.wire.isThrottled?.(code),
			retryAfterMs: parseRetryAfter(headers['retry-after'], Date.now()),
		};
		const requestId =
			textHeader(headers, 'x-request-id') ?? textHeader(headers, 'x-amzn-requestid');
		return { outcome, answer, requestId, location: textHeader(headers, 'location'), words };
	}

	/** A request that was carried out, as far as one can know, but whose answer cannot be used. */
	private unusable(request: Request, what: string, parts: { status?: number } = {}): Fault {
		return new Fault(what, {
			...parts,
			asked: true,
			mayBeDone: request.effect !== 'read',
			description: `Check that the base URL in the credential is that of the ${this.wire.service} API.`,
		});
	}

	private fault(
		request: Request,
		{ outcome, location, requestId, words = {} }: Exclude<Try, { fault: Fault }>,
		{ mayBeDone, retryAfterMs, sendAgainAfterMs }: Unsettled,
	): Fault {
		const { service } = this.wire;
		if (outcome.kind !== 'answered') {
			const lost = outcome.kind === 'lost';
			return new Fault(
				lost
					? `${service} did not answer: the connection was lost or timed out (${outcome.code})`
					: `${service} could not be reached (${outcome.code})`,
				{
					asked: true,
					code: outcome.code,
					mayBeDone,
					description: lost
						? 'Try again later.'
						: 'Check the base URL in the credential, and that this n8n can reach it.',
				},
			);
		}
		const { status } = outcome;
		if (status < 300) {
			return this.unusable(request, `${service} answered with something other than JSON`, {
				status,
			});
		}
		if (status < 400) {
			return new Fault(
				`${service} answered with a redirect${location ? ` to ${location}` : ''}, which was not followed`,
				{
					asked: true,
					status,
					mayBeDone: false,
					description:
						'Redirects are refused, because they can carry the token elsewhere. Correct the base URL in the credential.',
				},
			);
		}
		const { message, code, fields } = words;
		return new Fault(message ?? `${service} answered with status ${status}`, {
			asked: true,
			status,
			code,
			fields,
			requestId,
			mayBeDone,
			sendAgainAfterMs,
			description:
				this.pauseSentence(retryAfterMs, sendAgainAfterMs) ??
				this.wire.advise(status, code, message),
		});
	}

	private pauseSentence(tooLongMs?: number, sendAgainAfterMs?: number): string | undefined {
		const { service } = this.wire;
		if (tooLongMs !== undefined) {
			return `${service} asks to wait ${Math.ceil(tooLongMs / 1000)} s, longer than Keep Retrying For allows.`;
		}
		if (sendAgainAfterMs === undefined) return undefined;
		return `${service} says that it is busy, but it may have done the work. Look first, and run this again only when nothing is found.`;
	}
}

/**
 * @returns undefined when a success cannot be read, which is settled in fault(); of a refusal, as a proxy words it, the status says enough
 * @throws Fault when a success is nested too deep
 */
function readAnswer(text: string, status: number, headers: Headers): Answer | undefined {
	const serverTimeMs = epochMs(headers.date);
	try {
		return { status, body: text.trim() === '' ? undefined : parseJson(text), serverTimeMs };
	} catch (error) {
		if (status >= 400) return { status, body: undefined, serverTimeMs };
		if (asFault(error).parts.code === 'TOO_DEEP') throw asFault(error);
		return undefined;
	}
}

/** An error from before the request: a missing credential, an address that n8n or the credential refuses. */
function notSent(error: unknown): Fault {
	const { message } = error instanceof Error ? error : { message: String(error) };
	return new Fault(message, {
		description: 'Nothing was sent. Check the credential of this node.',
	});
}

function textHeader(headers: Headers, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

interface FullResponse {
	statusCode: number;
	headers: Headers;
	body: unknown;
}

function isFullResponse(value: unknown): value is FullResponse {
	return (
		typeof value === 'object' &&
		value !== null &&
		'statusCode' in value &&
		typeof value.statusCode === 'number' &&
		'headers' in value &&
		typeof value.headers === 'object' &&
		'body' in value
	);
}
