// Reads the schemas and enumerations that AWS's JavaScript client exports, e.g. CreateFlow$, CreateFlowRequest$ and
// ConnectorType. https://github.com/smithy-lang/smithy-typescript/tree/main/packages/core/src/submodules/schema

/** What the client exports, by name. */
export type Sdk = Record<string, unknown>;

const OPERATION = 9;
const STRUCTURE = 3;
const MAP = 2;
const LIST = 1;

/** The codes of simple types. Lists and maps of them add {@link LIST_OF} and {@link MAP_OF}. */
const SIMPLE: Record<number, string> = {
	0: 'text',
	1: 'number',
	2: 'flag',
	4: 'time',
	7: 'time',
};
const LIST_OF = 64;
const MAP_OF = 128;

/** A schema behind functions, which allow it to be recursive, and behind traits. */
function resolve(schema: unknown): unknown {
	if (typeof schema === 'function') return resolve(Reflect.apply(schema, undefined, []));
	return Array.isArray(schema) && schema.length === 2 ? resolve(schema[0]) : schema;
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The type of a schema in words. Types that are not known here keep their code. */
export function typeOf(schema: unknown): string {
	const type = resolve(schema);
	if (typeof type === 'number') {
		const simple = SIMPLE[type % LIST_OF] ?? `type ${type % LIST_OF}`;
		if (type >= MAP_OF) return `map of ${simple}`;
		return type >= LIST_OF ? `list of ${simple}` : simple;
	}
	const [kind, , name, , first, second] = listOf(type);
	if (kind === LIST) return `list of ${typeOf(first)}`;
	if (kind === MAP) return `map of ${typeOf(second)}`;
	return kind === STRUCTURE ? String(name) : `schema ${String(name)}`;
}

export interface Structure {
	name: string;
	members: Array<{ name: string; schema: unknown; required: boolean }>;
}

function asStructure(schema: unknown): Structure | undefined {
	const [kind, , name, , names, schemas, required = 0] = listOf(resolve(schema));
	if (kind !== STRUCTURE) return undefined;
	const types = listOf(schemas);
	const members = listOf(names).map((member, index) => ({
		name: String(member),
		schema: types[index],
		required: index < Number(required),
	}));
	return { name: String(name), members };
}

export function structureOf(sdk: Sdk, name: string): Structure | undefined {
	return asStructure(sdk[`${name}$`]);
}

/** The structure in a member, a list or a map. */
export function structureIn(schema: unknown): Structure | undefined {
	const type = resolve(schema);
	const [kind, , , , first, second] = listOf(type);
	if (kind === LIST) return structureIn(first);
	if (kind === MAP) return structureIn(second);
	return asStructure(type);
}

export interface Operation {
	method: string;
	path: string;
	input: unknown;
	output: unknown;
}

export function operationOf(sdk: Sdk, name: string): Operation | undefined {
	const [kind, , , traits, input, output] = listOf(sdk[`${name}$`]);
	if (kind !== OPERATION || typeof traits !== 'object' || traits === null) return undefined;
	const [method, path] = listOf('http' in traits ? traits.http : undefined);
	return { method: String(method), path: String(path), input, output };
}

/** The values of an enumeration. Undefined if the client has none of this name. */
export function valuesOf(sdk: Sdk, name: string): string[] | undefined {
	const values = sdk[name];
	return typeof values === 'object' && values !== null && !Array.isArray(values)
		? Object.values(values).map(String)
		: undefined;
}
