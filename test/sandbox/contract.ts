import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context, Handler } from 'openapi-backend';
import type { Arrival } from './server.ts';

/** The response of a handler. The body is sent as JSON. */
export interface ContractReply {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** A violation of the contract by a request or a response: an error of ajv. */
export interface Breach {
	instancePath: string;
	keyword?: string;
	message?: string;
	params?: Record<string, unknown>;
}

function bearing(token: string) {
	return ({ request }: Context<unknown, object, object, Record<string, string>>) =>
		request.headers.authorization === `Bearer ${token}`;
}

/** The OpenAPI document of a service. Requests and responses of the sandbox must comply with it. */
export class Contract {
	private readonly api: OpenAPIBackend;

	/**
	 * @param file name of the document in `contract/`
	 * @param token expected by the security scheme bearerAuth, if the document has it
	 * @param handlers by operationId, and the handlers of openapi-backend for invalid requests
	 */
	constructor(
		file: string,
		{
			token,
			handlers,
			exactSlashes = false,
		}: { token?: string; handlers: Record<string, Handler>; exactSlashes?: boolean },
	) {
		this.api = new OpenAPIBackend({
			definition: join(import.meta.dirname, 'contract', file),
			// openapi-backend validates documents against OpenAPI 3.0 only; a unit test validates this one against 3.1
			quick: true,
			ignoreTrailingSlashes: !exactSlashes,
			handlers,
			securityHandlers: token === undefined ? {} : { bearerAuth: bearing(token) },
			ajvOpts: { strict: false },
		});
	}

	/** Whether the contract has an operation at this path. */
	async has(method: string, path: string): Promise<boolean> {
		if (!this.api.initialized) await this.api.init();
		return this.api.matchOperation({ method, path, headers: {} }) !== undefined;
	}

	/** All operations of the contract. */
	async operations(): Promise<Array<{ method: string; path: string }>> {
		if (!this.api.initialized) await this.api.init();
		return this.api.router.getOperations().map(({ method, path }) => ({ method, path }));
	}

	async reply({ method, path, headers, body }: Arrival): Promise<ContractReply> {
		if (!this.api.initialized) await this.api.init();
		const definedHeaders = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name, value ?? '']),
		);
		return (await this.api.handleRequest({
			method,
			path,
			headers: definedHeaders,
			query: this.queryOf(method, path),
			body: body === '' ? undefined : body,
		})) as ContractReply;
	}

	/** A single value of a list parameter becomes a list, also if the list may be null: openapi-backend does so for plain lists only. */
	private queryOf(method: string, path: string): Record<string, string | string[]> {
		const query = new URLSearchParams(path.split('?')[1] ?? '');
		const { parameters = [] } = this.api.matchOperation({ method, path, headers: {} }) ?? {};
		const lists = parameters.flatMap((one) => {
			const schema = 'schema' in one ? one.schema : undefined;
			const types = schema && 'type' in schema ? [schema.type].flat() : [];
			return 'name' in one && types.includes('array') ? one.name : [];
		});
		return Object.fromEntries(
			[...new Set(query.keys())].map((name) => {
				const [first = '', ...others] = query.getAll(name);
				return [name, lists.includes(name) || others.length > 0 ? [first, ...others] : first];
			}),
		);
	}

	/** Validates a response of the sandbox. @throws Error if it violates the contract */
	hold({ method, path }: Pick<Arrival, 'method' | 'path'>, { status, body }: ContractReply): void {
		const operation = this.api.matchOperation({ method, path, headers: {} });
		if (!operation) return;
		const { valid, errors } = this.api.validateResponse(body ?? null, operation, status);
		if (!valid) throw new Error(`The sandbox breaks the contract: ${JSON.stringify(errors)}`);
	}
}

/** The violations of a request that openapi-backend found. */
export function breaches({ validation }: Context): Breach[] {
	return validation.errors ?? [];
}
