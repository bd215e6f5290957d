import type { Context } from 'openapi-backend';

/** An error response of Diga. */
export class ApiError extends Error {
	readonly status: number;

	readonly code: string;

	constructor(status: number, message: string, code: string) {
		super(message);
		this.status = status;
		this.code = code;
	}
}

export function missing(what: string): ApiError {
	return new ApiError(404, `${what} not found`, 'NOT_FOUND');
}

/** The value of a path parameter. */
export function segment({ request }: Context, name: string): string {
	const { [name]: value } = request.params as Record<string, string>;
	return value ?? '';
}
