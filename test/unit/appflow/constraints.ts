// AWS's own model of the part of AppFlow that this package uses, as test/tools/appflowConstraints.mjs took it.
import model from '../../fixtures/appflowConstraints.json' with { type: 'json' };

export interface ModelShape {
	type: string;
	members?: Record<string, { shape: string; location?: string; locationName?: string }>;
	required?: string[];
	member?: string;
	key?: string;
	value?: string;
	enum?: string[];
	pattern?: string;
	min?: number;
	max?: number;
}

export interface ModelOperation {
	method: string;
	path: string;
	input: string;
	output: string;
}

export const operations: Record<string, ModelOperation> = model.operations;

const shapes: Record<string, ModelShape> = model.shapes;

export function shapeOf(name: string | undefined): ModelShape {
	const shape = shapes[name ?? ''];
	if (!shape) throw new Error(`AWS's model has no ${name}`);
	return shape;
}

export const shapeNames = Object.keys(shapes);

/** Patterns are of the whole text, but those of ARNs, which are open at their end. */
export function regexOf(pattern: string): RegExp {
	return /^\^?arn:/.test(pattern)
		? new RegExp(`^(?:${pattern})`, 'u')
		: new RegExp(`^(?:${pattern})$`, 'u');
}

/** A value of a request as either side describes it. Limits of a text are its lengths, of a list or map its sizes. */
export interface Described {
	kind: 'text' | 'number' | 'time' | 'flag' | 'object' | 'list' | 'map';
	values?: string[];
	min: number;
	max: number;
	pattern?: RegExp;
	required: string[];
	members: Record<string, Side>;
	of?: Side;
	keys?: Side;
}

/** Lazily, since schemas may lead to themselves. */
export type Side = () => Described;

export const NOTHING = { min: 0, max: Infinity, required: [], members: {} };

const KINDS: Record<string, Described['kind']> = {
	structure: 'object',
	map: 'map',
	list: 'list',
	string: 'text',
	boolean: 'flag',
	integer: 'number',
	long: 'number',
	double: 'time',
	timestamp: 'time',
};

/** The model knows ARNs of the partition aws only; the node and the sandbox take those of all partitions. */
function allPartitions(pattern: string): string {
	return pattern.replace(/^arn:aws:/, 'arn:aws[\\w-]*:');
}

function inBody({ members = {} }: ModelShape): string[] {
	return Object.entries(members).flatMap(([name, { location }]) => (location ? [] : [name]));
}

export function ofModel(name: string | undefined): Side {
	return () => {
		const shape = shapeOf(name);
		const { type, pattern, min = 0, max = Infinity, members = {}, key, value, member } = shape;
		const kind = KINDS[type];
		if (!kind) throw new Error(`There is no ${type} here`);
		const names = inBody(shape);
		const inner = value ?? member;
		return {
			kind,
			values: shape.enum,
			min,
			max,
			...(pattern !== undefined && { pattern: regexOf(allPartitions(pattern)) }),
			required: (shape.required ?? []).filter((one) => names.includes(one)),
			members: Object.fromEntries(names.map((one) => [one, ofModel(members[one]?.shape)])),
			...(inner !== undefined && { of: ofModel(inner) }),
			...(key !== undefined && { keys: ofModel(key) }),
		};
	};
}
