// The sandbox's AppFlow contract, described like AWS's model.
import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import type { Described } from './constraints.ts';

export interface Schema {
	type?: string;
	enum?: string[];
	pattern?: string;
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	propertyNames?: Schema;
	additionalProperties?: Schema | boolean;
	[limit: string]: unknown;
}

export interface Documented {
	requestBody?: { content: { 'application/json': { schema: Schema } } };
	responses: { 200: { content: { 'application/json': { schema: Schema } } } };
	parameters?: Array<{ name: string; in: string; schema: Schema }>;
}

const api = new OpenAPIBackend({
	definition: join(import.meta.dirname, '../../sandbox/contract/appflow.yaml'),
	quick: true,
});

/** An operation of the contract, with resolved references. */
export async function documented(path: string, method: string): Promise<Documented | undefined> {
	if (!api.initialized) await api.init();
	const { paths } = api.definition as { paths?: Record<string, Record<string, unknown>> };
	const { parameters = [], [method.toLowerCase()]: found } = paths?.[path] ?? {};
	const operation = found as Documented | undefined;
	const ofPath = parameters as NonNullable<Documented['parameters']>;
	return operation && { ...operation, parameters: [...ofPath, ...(operation.parameters ?? [])] };
}

const LIMITS: Record<string, [min: string, max: string]> = {
	string: ['minLength', 'maxLength'],
	array: ['minItems', 'maxItems'],
	object: ['minProperties', 'maxProperties'],
	integer: ['minimum', 'maximum'],
	number: ['minimum', 'maximum'],
};

/** JSON Schema has no type for times in seconds, so every number that can have a fraction counts as a time. */
const KINDS: Record<string, Described['kind']> = {
	string: 'text',
	boolean: 'flag',
	integer: 'number',
	number: 'time',
	array: 'list',
	object: 'object',
};

/** A schema, described like AWS's model. */
export function ofContract(schema: Schema): Described {
	const { type = 'string', additionalProperties: more, properties = {}, pattern } = schema;
	const [min = '', max = ''] = LIMITS[type] ?? [];
	const limit = (name: string, otherwise: number) => {
		const value = schema[name];
		return typeof value === 'number' ? value : otherwise;
	};
	const side = (inner: Schema) => () => ofContract(inner);
	const isMap = typeof more === 'object';
	const entries = isMap ? more : schema.items;
	return {
		kind: isMap ? 'map' : (KINDS[type] ?? 'object'),
		values: schema.enum,
		min: limit(min, 0),
		max: limit(max, Infinity),
		...(pattern !== undefined && { pattern: new RegExp(pattern, 'u') }),
		required: schema.required ?? [],
		members: Object.fromEntries(
			Object.entries(properties).map(([name, inner]) => [name, side(inner)]),
		),
		...(entries && { of: side(entries) }),
		...(schema.propertyNames && { keys: side(schema.propertyNames) }),
	};
}
