// AWS's model of the AppFlow operations that this package uses, extracted by test/tools/appflowConstraints.mjs.
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

/** Patterns match the whole text, except those of ARNs, which match the beginning. */
export function regexOf(pattern: string): RegExp {
	return /^\^?arn:/.test(pattern)
		? new RegExp(`^(?:${pattern})`, 'u')
		: new RegExp(`^(?:${pattern})$`, 'u');
}

/** A value of a request as either side describes it. The limits of text are lengths, of a list or map sizes. */
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

/** Lazy, because schemas can be recursive. */
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

/** AWS's model allows only ARNs of the partition aws; the node and the sandbox accept all partitions. */
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
		if (!kind) throw new Error(`Unknown type ${type}`);
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
