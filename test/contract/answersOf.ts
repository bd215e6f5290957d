// Responses generated from a contract: only required members, all members, null wherever allowed, and an additional member.
import { isObject } from '../../nodes/engine/values.ts';
import { follow, listOf } from './openapiFacts.ts';
import type { Json, Reading } from './openapiFacts.ts';

export const variants = ['minimal', 'maximal', 'null', 'unknown member'] as const;
export type Variant = (typeof variants)[number];

/** Maximum depth of recursive schemas. */
const DEPTH = 3;

/** A member that no contract has. */
export const UNKNOWN = 'addedLater';

interface Making {
	variant: Variant;
	/** Counter that makes each text unique. */
	next: () => number;
}

function textFor(pattern: unknown, number: number): string {
	if (typeof pattern !== 'string') return `text ${number}`;
	const samples = [
		'2026-07-01T10:00:00.000Z',
		`6f1c2d3e-0000-4000-8000-${String(number).padStart(12, '0')}`,
		'STRING',
	];
	return samples.find((sample) => new RegExp(pattern).test(sample)) ?? `text ${number}`;
}

function mayBeNull(schema: unknown, from: Reading): boolean {
	const { node, reading } = follow(schema, from);
	const { type, enum: values, anyOf, oneOf } = node;
	return (
		[type].flat().includes('null') ||
		listOf(values).includes(null) ||
		[...listOf(anyOf), ...listOf(oneOf)].some((one) => mayBeNull(one, reading))
	);
}

/** Merges the parts of an object schema. */
function membersOf(schema: unknown, from: Reading) {
	const { node, reading } = follow(schema, from);
	const members = new Map<string, { schema: unknown; reading: Reading }>();
	const required = new Set<unknown>(listOf(node.required));
	for (const [name, member] of Object.entries(isObject(node.properties) ? node.properties : {})) {
		members.set(name, { schema: member, reading });
	}
	for (const part of listOf(node.allOf)) {
		const inner = membersOf(part, reading);
		for (const [name, member] of inner.members) members.set(name, member);
		for (const name of inner.required) required.add(name);
	}
	return { members, required };
}

function objectOf(schema: unknown, from: Reading, making: Making): Json {
	const { members, required } = membersOf(schema, from);
	const { variant } = making;
	const entries = [...members]
		.filter(([name]) => variant !== 'minimal' || required.has(name))
		.map(([name, member]) => [name, valueOf(member.schema, member.reading, making)]);
	const more = variant === 'unknown member' ? [[UNKNOWN, { deep: [making.next()] }]] : [];
	return Object.fromEntries(
		[...entries, ...more].filter(([, value]) => value !== undefined),
	) as Json;
}

/** @returns undefined for a recursive schema beyond the maximum depth */
function valueOf(schema: unknown, from: Reading, making: Making): unknown {
	const { node, reading } = follow(schema, from);
	if (making.variant === 'null' && mayBeNull(schema, from)) return null;
	const { $ref: ref } = isObject(schema) ? schema : {};
	if (reading.refs.filter((one) => one === ref).length > DEPTH) return undefined;
	const alternatives = [...listOf(node.anyOf), ...listOf(node.oneOf)];
	const [first] = alternatives.filter((one) => !isObject(one) || one.type !== 'null');
	if (first !== undefined) return valueOf(first, reading, making);
	const [value] = listOf(node.enum);
	if (value !== undefined) return value;
	const [type] = [node.type].flat().filter((one) => one !== 'null');
	const isObjectType =
		type === 'object' || node.properties !== undefined || node.allOf !== undefined;
	if (isObjectType) return objectOf(schema, from, making);
	switch (type) {
		case 'array':
			return making.variant === 'minimal' ? [] : [valueOf(node.items ?? {}, reading, making)];
		case 'integer':
			return making.next();
		case 'number':
			return making.next() + 0.5;
		case 'boolean':
			return true;
		default:
			return textFor(node.pattern, making.next());
	}
}

/** The path template of the contract that matches a request, or undefined. */
function pathIn(document: Json, path: string): string | undefined {
	const paths = Object.keys(isObject(document.paths) ? document.paths : {});
	const fits = (one: string) =>
		new RegExp(`^${one.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+')}$`).test(
			path,
		);
	// paths without variables take precedence
	return paths.sort((a, b) => a.split('{').length - b.split('{').length).find(fits);
}

/**
 * Responses to a request that the contract allows, by variant.
 * @returns undefined if the contract has no successful response with a body
 */
export function answerOf(
	document: Json,
	request: { method: string; path: string },
	variant: Variant,
): { status: number; body: unknown } | undefined {
	const path = pathIn(document, request.path.split('?')[0] ?? '');
	const at = path === undefined || !isObject(document.paths) ? undefined : document.paths[path];
	const operation = isObject(at) ? at[request.method.toLowerCase()] : undefined;
	if (!isObject(operation) || !isObject(operation.responses)) return undefined;
	const [status, response] =
		Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [];
	const { node, reading } = follow(response, { document, refs: [] });
	const content = isObject(node.content) ? node.content['application/json'] : undefined;
	if (!isObject(content)) return undefined;
	let count = 100;
	const making = { variant, next: () => ++count };
	return { status: Number(status), body: valueOf(content.schema, reading, making) };
}
