// Responses built from AWS's model: minimal, complete and unusual ones.
import fc from 'fast-check';
import { regexOf, shapeOf } from './constraints.ts';
import type { ModelShape } from './constraints.ts';

export const kinds = {
	minimal: 'only required members, which most responses do not have',
	bare: 'every member of the response, with only required members inside',
	maximal: 'every member',
	null: 'null for every optional member',
	nullInside: 'every member of the response, with null for optional members inside',
	unknown: 'every member, and unknown members',
} as const;

export type Kind = keyof typeof kinds;

/** In epoch seconds with a fraction, and as the node returns it. */
const TIME = 1767225600.25;
const READABLE = '2026-01-01T00:00:00.250Z';

/** Texts for patterns that fast-check does not support. */
const SAMPLES: Record<string, string> = {
	TagKey: 'team',
	GlueDataCatalogDatabaseName: 'lake',
	GlueDataCatalogTablePrefix: 'af_',
};

function sampleText(
	name: string,
	{ enum: values, pattern = '.*', min = 0, max }: ModelShape,
): string {
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
			return sampleText(name, shape);
		default:
			return shape.min ?? 5;
	}
}

/** A response as AWS sends it and as the node returns it. */
export function answerOf(output: string, kind: Kind): { sent: object; readable: object } {
	const shape = shapeOf(output);
	return {
		sent: structure(shape, kind, 0, TIME),
		readable: structure(shape, kind, 0, READABLE),
	};
}
