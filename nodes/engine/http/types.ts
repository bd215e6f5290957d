import type { IHttpRequestMethods } from 'n8n-workflow';
import type { OperationErrorDetails } from '../errors';
import type { Cancellation } from './cancellation';
import type { CircuitBreaker } from './circuitBreaker';
import type { Path } from './path';
import type { RequestScheduler } from './requestScheduler';
import type { Effect } from './retry';

/** What the HTTP client needs to know about a service. */
export interface ApiProfile {
	/** The service's name as users know it, for messages such as "Acme did not respond". */
	service: string;
	/** The credential type, which authenticates requests and contains the host. */
	credential: string;
	/** The names of the credential's secret fields. */
	secrets: string[];
	/**
	 * Reads the service's message and code from an unsuccessful response.
	 * @param body parsed JSON, or text if it is not JSON
	 * @param headers names are in lower case
	 */
	readError(body: unknown, headers: Headers): ServiceErrorDetails;
	/** How to resolve an error, by status, code and message. */
	adviceFor(status: number, code?: string, message?: string): string | undefined;
	/**
	 * What does not exist if the service rejects this request with 404, e.g. `flow with the ID 7`.
	 * Undefined if the error can have another reason.
	 */
	missingResource?(request: Request, error: ServiceErrorDetails): string | undefined;
	/** Whether this code means that the service throttled the request, regardless of the status. */
	isThrottled?(code: string): boolean;
	/**
	 * The maximum number of requests in flight if Parallel Requests is automatic. Set it if the service documents a limit.
	 * Default: 100.
	 */
	maxParallelRequests?: number;
	/** Whether this code means that the service timed out and may have carried out the request. */
	isTimeout?(code: string): boolean;
}

/** What a service's response says about an error. */
export type ServiceErrorDetails = Pick<OperationErrorDetails, 'code' | 'fields'> & {
	message?: string;
};

/** The headers of a response. Names are in lower case. */
export type Headers = Record<string, unknown>;

export interface Request {
	method: IHttpRequestMethods;
	path: Path;
	/** A list repeats its key. */
	query?: Record<string, string | number | boolean | string[] | undefined>;
	/** Sent as JSON. Keys without a value are omitted. */
	body?: object;
	effect: Effect;
	/** Statuses besides 2xx that are returned to the caller instead of thrown as errors. */
	accept?: readonly number[];
	/** As `accept`, but only if an earlier attempt may have been carried out. Example: 404 after a delete. */
	acceptWhenRepeated?: readonly number[];
	/** For optional requests: how long to retry at most, in ms. 0 disables retries. Default: the item's limit. */
	keepRetryingMs?: number;
}

export interface ApiResponse {
	status: number;
	/** The server's clock at the time of the response, in epoch ms, to the second. Undefined without a Date header. */
	serverTimeMs?: number;
	/** Parsed JSON. Undefined if the response has no body. Integers beyond 2^53 are text, so that no digit is lost. */
	body: unknown;
	/** The Link header, which may contain the next page of a list. */
	link?: unknown;
}

export interface Limits {
	/** The timeout of one attempt, in ms. */
	timeoutMs: number;
	/** How long one request is retried, in ms. */
	keepRetryingMs: number;
}

/** For requests that a user waits for in the editor. */
export const editorLimits: Limits = { timeoutMs: 30_000, keepRetryingMs: 10_000 };

/** The state that the HTTP clients of a node run share. */
export interface SharedState {
	readonly scheduler: RequestScheduler;
	readonly circuitBreaker: CircuitBreaker;
	readonly cancellation: Cancellation;
	/** Whether a response may contain a secret of the credential, so that outputs must be redacted. */
	containsSecret: boolean;
	/** Loads a value once for all clients. A failed load is not kept. */
	loadOnce<T>(key: string, load: () => Promise<T>): Promise<T>;
}
