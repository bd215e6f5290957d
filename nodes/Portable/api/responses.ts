import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { ApiResponse } from '../../engine/http/client';
import { isObject } from '../../engine/values';
import { isResource } from './resource';
import type { PortableResource } from './resource';

/** A finding of a verification: an error, or information if `isError` is false. */
export type PortableCheck = IDataObject & { isError?: boolean; message?: string };

/** Removes the envelope `data`, if there is one. Responses of run, cancel and status have none; updates may have none. */
export function unwrap(body: unknown): unknown {
	return isObject(body) && 'data' in body ? body.data : body;
}

export function readObject({ body, status }: ApiResponse): IDataObject {
	const object = unwrap(body);
	if (isObject(object)) return object;
	throw new OperationError('Portable returned no object', { fromService: true, status });
}

/** The entries of a list, unchecked. */
function readList({ body, status }: ApiResponse): unknown[] {
	const list = unwrap(body);
	if (Array.isArray(list)) return list;
	throw new OperationError('Portable returned no list', { fromService: true, status });
}

/** The entries with an ID, and how many have none. */
export function readResources(answer: ApiResponse): {
	resources: PortableResource[];
	unreadable: number;
} {
	const list = readList(answer);
	const resources = list.filter(isResource);
	return { resources, unreadable: list.length - resources.length };
}

export function readChecks(answer: ApiResponse): PortableCheck[] {
	return readList(answer).filter(isObject);
}

export function readResource(
	{ body, status }: ApiResponse,
	what: 'changed' | 'created',
): PortableResource {
	const resource = unwrap(body);
	if (isResource(resource)) return resource;
	throw new OperationError(`Portable did not return the resource that it ${what}`, {
		fromService: true,
		status,
		outcomeUnknown: what === 'created',
		description: 'Check the Portable app before you run this again.',
	});
}
