import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context, Handler } from 'openapi-backend';
import type { Arrival } from './server.ts';

/** What a handler answers: a body to be sent as JSON. */
export interface ContractReply {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** Where a request or an answer breaks the contract, as ajv says it. */
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

/** A service's OpenAPI document, to which both sides are held. */
export class Contract {
	private readonly api: OpenAPIBackend;

	/**
	 * @param file in `contract/`
	 * @param token for documents with the scheme bearerAuth
	 * @param handlers by operationId, and those of openapi-backend for what breaks the contract
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
			// it checks documents by OpenAPI 3.0 only; a unit test checks this one by 3.1
			quick: true,
			ignoreTrailingSlashes: !exactSlashes,
			handlers,
			securityHandlers: token === undefined ? {} : { bearerAuth: bearing(token) },
			ajvOpts: { strict: false },
		});
	}

	/** True when the contract has something at this path. */
	async has(method: string, path: string): Promise<boolean> {
		if (!this.api.initialized) await this.api.init();
		return this.api.matchOperation({ method, path, headers: {} }) !== undefined;
	}

	/** Everything that there is in the contract. */
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

	/** One value of a parameter that takes several is a list of one, also where it may be null: openapi-backend knows only lists. */
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

	/** Holds the sandbox itself to the contract: a breach is a defect of its own. */
	hold({ method, path }: Pick<Arrival, 'method' | 'path'>, { status, body }: ContractReply): void {
		const operation = this.api.matchOperation({ method, path, headers: {} });
		if (!operation) return;
		const { valid, errors } = this.api.validateResponse(body ?? null, operation, status);
		if (!valid) throw new Error(`The sandbox breaks the contract: ${JSON.stringify(errors)}`);
	}
}

/** The first breach of a request, as openapi-backend hands it to its handler. */
export function breaches({ validation }: Context): Breach[] {
	return validation.errors ?? [];
}
