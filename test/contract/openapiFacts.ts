// An OpenAPI document as flat lines, so that two documents can be compared: operations, parameters, and each member
// of request and response bodies with its types, values, and whether it is required.

import { isObject } from '../../nodes/engine/values.ts';

export type Json = Record<string, unknown>;

/** A document and the `$ref`s followed so far, to detect recursive schemas. */
export interface Reading {
	document: Json;
	refs: string[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

/** Resolves a reference. @throws Error if it cannot be resolved */
export function follow(value: unknown, reading: Reading): { node: Json; reading: Reading } {
	const node = isObject(value) ? value : {};
	const { $ref: ref } = node;
	if (typeof ref !== 'string') return { node, reading };
	const found = ref
		.replace(/^#\//, '')
		.split('/')
		.reduce<unknown>(
			(at, key) => (isObject(at) ? at[key.replaceAll('~1', '/')] : undefined),
			reading.document,
		);
	if (!isObject(found)) throw new Error(`${ref} cannot be resolved`);
	return follow(found, { ...reading, refs: [...reading.refs, ref] });
}

/** Merges the parts of `allOf`, and lists the alternatives of `anyOf` and `oneOf`. */
interface Shape {
	types: Set<string>;
	values: Set<string>;
	members: Map<
		string,
		{ schemas: Array<{ schema: unknown; reading: Reading }>; required: boolean }
	>;
	items: Array<{ schema: unknown; reading: Reading }>;
	others: Array<{ schema: unknown; reading: Reading }>;
	isRecursive: boolean;
	isAnything: boolean;
}

const empty = (): Shape => ({
	types: new Set(),
	values: new Set(),
	members: new Map(),
	items: [],
	others: [],
	isRecursive: false,
	isAnything: false,
});

function typeOfValue(value: unknown): string {
	return value === null ? 'null' : typeof value;
}

function addMembers(
	shape: Shape,
	node: Json,
	{ reading, isAlternative }: { reading: Reading; isAlternative: boolean },
): void {
	const required = new Set(listOf(node.required));
	for (const [name, schema] of Object.entries(isObject(node.properties) ? node.properties : {})) {
		const member = shape.members.get(name) ?? { schemas: [], required: false };
		member.schemas.push({ schema, reading });
		member.required ||= required.has(name) && !isAlternative;
		shape.members.set(name, member);
	}
	for (const name of required) {
		const member = shape.members.get(String(name)) ?? { schemas: [], required: false };
		member.required ||= !isAlternative;
		shape.members.set(String(name), member);
	}
}

/** Adds a schema to a shape. @param isAlternative whether it is one of several, which makes its members optional */
function addSchema(shape: Shape, schema: unknown, from: Reading, isAlternative = false): void {
	const { node, reading } = follow(schema, from);
	// a recursive schema adds nothing new
	if (new Set(reading.refs).size < reading.refs.length) {
		shape.isRecursive = true;
		return;
	}
	if (Object.keys(node).length === 0) shape.isAnything = true;
	for (const type of [node.type].flat()) if (typeof type === 'string') shape.types.add(type);
	const values = 'const' in node ? [node.const] : listOf(node.enum);
	for (const value of values) {
		shape.values.add(JSON.stringify(value));
		shape.types.add(typeOfValue(value));
	}
	if (isObject(node.properties)) shape.types.add('object');
	addMembers(shape, node, { reading, isAlternative });
	if (node.items !== undefined) shape.items.push({ schema: node.items, reading });
	if (isObject(node.additionalProperties)) {
		shape.others.push({ schema: node.additionalProperties, reading });
	}
	for (const part of listOf(node.allOf)) addSchema(shape, part, reading, isAlternative);
	const alternatives = [...listOf(node.anyOf), ...listOf(node.oneOf)];
	const notNull = alternatives.filter((one) => !isObject(one) || one.type !== 'null');
	for (const one of alternatives)
		addSchema(shape, one, reading, isAlternative || notNull.length > 1);
}

function shapeOf(schemas: Array<{ schema: unknown; reading: Reading }>): Shape {
	const shape = empty();
	for (const { schema, reading } of schemas) addSchema(shape, schema, reading);
	return shape;
}

/** A line for the shape, and one for each nested member and item. */
function* linesOf(place: string, shape: Shape, isRequired: boolean): Generator<string> {
	const types = shape.isRecursive
		? 'as above'
		: shape.types.size === 0 || shape.isAnything
			? 'anything'
			: [...shape.types].sort().join(' | ');
	const values = [...shape.values].filter((value) => value !== 'null').sort();
	yield `${place}: ${types}${values.length > 0 ? ` of ${values.join(', ')}` : ''}${isRequired ? ', required' : ''}`;
	for (const [name, { schemas, required }] of [...shape.members].sort()) {
		yield* linesOf(`${place}.${name}`, shapeOf(schemas), required);
	}
	if (shape.items.length > 0) yield* linesOf(`${place}[]`, shapeOf(shape.items), false);
	if (shape.others.length > 0) yield* linesOf(`${place}.*`, shapeOf(shape.others), false);
}

function* contentLines(place: string, value: unknown, from: Reading): Generator<string> {
	const { node, reading } = follow(value, from);
	const { content } = node;
	const json = isObject(content) ? content['application/json'] : undefined;
	if (!isObject(json)) {
		yield `${place}: nothing`;
		return;
	}
	yield* linesOf(place, shapeOf([{ schema: json.schema, reading }]), node.required === true);
}

function* parameterLines(place: string, parameters: unknown[], from: Reading): Generator<string> {
	for (const parameter of parameters) {
		const { node, reading } = follow(parameter, from);
		const { in: where, name, required, schema } = node;
		// the path already names its parameters
		if (where === 'path') continue;
		yield* linesOf(
			`${place} ${String(where)} ${String(name)}`,
			shapeOf([{ schema, reading }]),
			required === true,
		);
	}
}

/** A path without the names of its variables, which may differ between documents. */
function bare(path: string): string {
	return path.replace(/\{[^}]*\}/g, '{}');
}

/**
 * The facts of an OpenAPI 3.1 document, sorted, e.g. `POST /v2/flows body.source: integer, required`.
 * Successful responses are listed member by member, errors by status only.
 */
export function openapiFacts(document: Json): string[] {
	const lines: string[] = [];
	const reading: Reading = { document, refs: [] };
	for (const [path, at] of Object.entries(isObject(document.paths) ? document.paths : {})) {
		if (!isObject(at)) continue;
		for (const method of METHODS) {
			const operation = at[method];
			if (!isObject(operation)) continue;
			const place = `${method.toUpperCase()} ${bare(path)}`;
			const parameters = [...listOf(at.parameters), ...listOf(operation.parameters)];
			lines.push(...parameterLines(place, parameters, reading));
			if (operation.requestBody !== undefined) {
				lines.push(...contentLines(`${place} body`, operation.requestBody, reading));
			}
			for (const [status, answer] of Object.entries(operation.responses ?? {})) {
				if (!/^2/.test(status)) continue;
				lines.push(...contentLines(`${place} ${status}`, answer, reading));
			}
		}
	}
	return lines.sort();
}

/** The operation of a fact, e.g. `POST /v2/flows`. */
export function operationOf(fact: string): string {
	return fact.split(' ', 2).join(' ').replace(/:$/, '');
}
