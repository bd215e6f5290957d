import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { ApiResponse } from '../../engine/http/client';
import { isObject } from '../../engine/values';
import { isResource } from './resource';
import type { DigaFlow, DigaResource } from './resource';

export function readObject({ body, status }: ApiResponse): IDataObject {
	if (isObject(body)) return body;
	throw new OperationError("Diga's response is not an object", { fromService: true, status });
}

export function readResource({ body, status }: ApiResponse): DigaResource {
	if (isResource(body)) return body;
	throw new OperationError("Diga's response has no ID", { fromService: true, status });
}

/** Reads the response to a change of a flow. */
export function readChangedFlow({ body, status }: ApiResponse): DigaFlow {
	if (isResource(body)) return body;
	throw new OperationError("Diga's response does not contain the changed flow", {
		fromService: true,
		status,
		outcomeUnknown: true,
		description: 'Check the flow in Diga before you run this again.',
	});
}

/** @param kind names the resource in the error, e.g. `flow` */
export function readCreated(response: ApiResponse, kind: string): DigaResource {
	if (isResource(response.body)) return response.body;
	throw unknownCreate(response, kind);
}

/** The error for a successful create whose response does not identify the new resource. */
export function unknownCreate({ status }: ApiResponse, kind: string): OperationError {
	return new OperationError(`Diga's response does not contain the new ${kind}`, {
		fromService: true,
		status,
		outcomeUnknown: true,
		description: `Check whether the ${kind} exists in Diga before you run this again.`,
	});
}

export function readList({ body, status }: ApiResponse): unknown[] {
	if (Array.isArray(body)) return body;
	throw notAList(status);
}

export function notAList(status: number): OperationError {
	return new OperationError("Diga's response is not a list", { fromService: true, status });
}

/**
 * Checks that every entry of a list is a resource.
 * An unreadable entry is an error, because it could be the resource that the caller searches for.
 */
export function readResources(list: unknown[], status: number): DigaResource[] {
	return list.map((entry) => {
		if (isResource(entry)) return entry;
		throw new OperationError('Diga returned a list with an entry that has no ID', {
			fromService: true,
			status,
		});
	});
}
