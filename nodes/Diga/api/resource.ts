import type { IDataObject } from 'n8n-workflow';
import { epochMs, isObject } from '../../engine/values';

/** Anything with an ID: a flow, an execution, a connection, a template. All other members may be null or missing. */
export type DigaResource = IDataObject & { id: string };

/** A flow, shown by its draft. */
export type DigaFlow = DigaResource;

/** A voice agent, in one of its versions. All other members may be null or missing. */
export type DigaAgent = IDataObject & { agent_id: string };

export function isAgent(value: unknown): value is DigaAgent {
	return isObject(value) && typeof value.agent_id === 'string' && value.agent_id !== '';
}

export function isResource(value: unknown): value is DigaResource {
	return isObject(value) && typeof value.id === 'string' && value.id !== '';
}

/** When a resource was created, by Diga's clock, in epoch ms. Undefined if Diga does not show it. */
export function createdAtMs({ created }: IDataObject): number | undefined {
	return epochMs(created);
}
