// The AppFlow operations that this package uses, as lines: of test/fixtures/appflowConstraints.json, and of AWS's client.
import model from '../fixtures/appflowConstraints.json' with { type: 'json' };
import { operationOf, structureIn, typeOf, valuesOf } from './sdk.ts';
import type { Sdk, Structure } from './sdk.ts';

interface ModelShape {
	type: string;
	members?: Record<string, { shape: string }>;
	required?: string[];
	member?: string;
	value?: string;
	enum?: string[];
}

const shapes: Record<string, ModelShape> = model.shapes;
const enumerations = Object.keys(shapes).filter((name) => shapes[name]?.enum !== undefined);

const SIMPLE: Record<string, string> = {
	string: 'text',
	boolean: 'flag',
	integer: 'number',
	long: 'number',
	double: 'number',
	timestamp: 'time',
};

function typeIn(name: string): string {
	const shape = shapes[name];
	if (!shape) throw new Error(`The fixture has no ${name}`);
	const { type, member = '', value = '' } = shape;
	if (type === 'structure') return name;
	if (type === 'list') return `list of ${typeIn(member)}`;
	if (type === 'map') return `map of ${typeIn(value)}`;
	return SIMPLE[type] ?? type;
}

const described = (type: string, isRequired: boolean) => `${type}${isRequired ? ', required' : ''}`;

/** The lines of the fixture. */
export function ownModel(): string[] {
	const operations = Object.entries(model.operations).map(
		([name, { method, path }]) => `${name}: ${method} ${path}`,
	);
	const members = Object.entries(shapes).flatMap(([name, { members: inner = {}, required = [] }]) =>
		Object.entries(inner).map(
			([member, { shape }]) =>
				`${name}.${member}: ${described(typeIn(shape), required.includes(member))}`,
		),
	);
	const values = enumerations.flatMap((name) =>
		(shapes[name]?.enum ?? []).map((value) => `${name} = ${value}`),
	);
	return [...operations, ...members, ...values];
}

/** Adds a structure and all that it contains. */
function collect(structure: Structure | undefined, found: Map<string, Structure>): void {
	if (!structure || found.has(structure.name)) return;
	found.set(structure.name, structure);
	for (const { schema } of structure.members) collect(structureIn(schema), found);
}

/**
 * The lines of AWS's client, of the operations and enumerations that the fixture has. The client does not say which
 * member has which enumeration.
 */
export function sdkModel(sdk: Sdk): string[] {
	const structures = new Map<string, Structure>();
	const operations = Object.keys(model.operations).flatMap((name) => {
		const operation = operationOf(sdk, name);
		if (!operation) return [];
		collect(structureIn(operation.input), structures);
		collect(structureIn(operation.output), structures);
		return [`${name}: ${operation.method} ${operation.path}`];
	});
	const members = [...structures.values()].flatMap(({ name, members: inner }) =>
		inner.map(
			({ name: member, schema, required }) =>
				`${name}.${member}: ${described(typeOf(schema), required)}`,
		),
	);
	const values = enumerations.flatMap((name) =>
		(valuesOf(sdk, name) ?? []).map((value) => `${name} = ${value}`),
	);
	return [...operations, ...members, ...values];
}
