import type { IDataObject } from 'n8n-workflow';
import { epochMs, isObject } from '../../engine/values';

/** Text if the number exceeds 2^53, which a JavaScript number cannot represent exactly. */
export type PortableId = number | string;

/** A source, destination, flow or run attempt. Only the ID is always present. */
export type PortableResource = IDataObject & { id: PortableId };

/** All resources of a kind. */
export interface PortableListing {
	resources: PortableResource[];
	/** Why the list is incomplete, as a sentence; undefined if it is complete. */
	incomplete?: string;
}

/** Whether a value of a response is a {@link PortableId}. */
export function isId(value: unknown): value is PortableId {
	return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}

export function isResource(value: unknown): value is PortableResource {
	return isObject(value) && isId(value.id);
}

/**
 * Parses a time of a response.
 * The dates in the examples at https://developer.portable.io have U+2010 in place of hyphens.
 * @returns epoch ms; undefined if the value is missing or not a time
 */
export function timeMs(value: unknown): number | undefined {
	return epochMs(
		typeof value === 'string' ? value.replace(/[\u2010-\u2015\u2212]/g, '-') : undefined,
	);
}

/** When a resource was created, in epoch ms; undefined if missing. */
export function createdAtMs({ createdAt }: PortableResource): number | undefined {
	return timeMs(createdAt);
}
