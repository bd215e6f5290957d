// Answers of AppFlow made of AWS's own model: as little as there may be, as much as there may be, and what is odd.
import fc from 'fast-check';
import { regexOf, shapeOf } from './constraints.ts';
import type { ModelShape } from './constraints.ts';

export const kinds = {
	minimal: 'what the model requires, which of most answers is nothing',
	bare: 'every member of the answer, with what the model requires inside',
	maximal: 'everything that there is',
	null: 'null for all that the model does not require',
	nullInside: 'every member of the answer, with null inside for what the model does not require',
	unknown: 'everything that there is, and members that are not known',
} as const;

export type Kind = keyof typeof kinds;

/** In epoch seconds, with a fraction, and as the node outputs it. */
const TIME = 1767225600.25;
const READABLE = '2026-01-01T00:00:00.250Z';

/** Texts for the patterns that fast-check cannot make. */
const SAMPLES: Record<string, string> = {
	TagKey: 'team',
	GlueDataCatalogDatabaseName: 'lake',
	GlueDataCatalogTablePrefix: 'af_',
};

function textOf(name: string, { enum: values, pattern = '.*', min = 0, max }: ModelShape): string {
	const known = values?.[0] ?? SAMPLES[name];
	if (known !== undefined) return known;
	const fits = fc
		.stringMatching(regexOf(pattern))
		.filter(({ length }) => length >= min && length <= (max ?? Infinity));
	return fc.sample(fits, { numRuns: 1, seed: 7 })[0] ?? '';
}

function structure(shape: ModelShape, kind: Kind, depth: number, time: unknown): object {
	const { members = {}, required = [] } = shape;
	const isTop = depth === 0;
	const made = Object.entries(members).flatMap(([name, member]): Array<[string, unknown]> => {
		const value = () => make(member.shape, kind, depth + 1, time);
		if (required.includes(name) || kind === 'maximal' || kind === 'unknown')
			return [[name, value()]];
		if (kind === 'minimal' || (kind === 'bare' && !isTop)) return [];
		if (kind === 'null' || (kind === 'nullInside' && !isTop)) return [[name, null]];
		return [[name, value()]];
	});
	const odd = kind === 'unknown' ? { odd: { new: [1, null] } } : {};
	return { ...Object.fromEntries(made), ...odd };
}

function make(name: string, kind: Kind, depth: number, time: unknown): unknown {
	const shape = shapeOf(name);
	switch (shape.type) {
		case 'structure':
			return structure(shape, kind, depth, time);
		case 'list':
			return [make(shape.member ?? '', kind, depth + 1, time)];
		case 'map': {
			const key = make(shape.key ?? '', kind, depth + 1, time);
			return { [String(key)]: make(shape.value ?? '', kind, depth + 1, time) };
		}
		case 'timestamp':
			return time;
		case 'boolean':
			return true;
		case 'string':
			return textOf(name, shape);
		default:
			return shape.min ?? 5;
	}
}

/** An answer as it comes over the wire, and the same as the node gives it out. */
export function answerOf(output: string, kind: Kind): { wire: object; readable: object } {
	const shape = shapeOf(output);
	return {
		wire: structure(shape, kind, 0, TIME),
		readable: structure(shape, kind, 0, READABLE),
	};
}
