// The differences between two descriptions of the same values.
import fc from 'fast-check';
import type { Described, Side } from './constraints.ts';

/** Every character of the basic plane and one other, inserted into texts that match the pattern. */
export function probesOf(pattern: RegExp): string[] {
	// fast-check does not support lookaheads; the only one has its own probe
	const source = `${pattern.source}$`
		.replaceAll('$$', '$')
		.replace('(?!aws:)', '')
		.replace('$)$', ')$');
	const anchored = new RegExp(source, 'u');
	// nor ranges of surrogate pairs
	const samples = /\\uD800/.test(source)
		? ['Fr\u00fcchte\t']
		: fc.sample(fc.stringMatching(anchored), { numRuns: 30, seed: 1 });
	const [sample = ''] = samples;
	const half = Math.floor(sample.length / 2);
	const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
	return [
		'',
		'aws:x',
		'aws',
		...samples,
		...[...characters, '🍒'].flatMap((character) => [
			character,
			character + sample,
			sample.slice(0, half) + character + sample.slice(half),
			sample + character,
		]),
	];
}

/** Results of earlier comparisons, because many members share a pattern. */
const compared = new Map<string, boolean>();

/** Whether two patterns match the same texts. */
function isSamePattern(ours: RegExp | undefined, theirs: RegExp | undefined): boolean {
	if (!ours || !theirs) return ours === theirs;
	if (ours.source === theirs.source) return true;
	const pair = `${ours.source} ${theirs.source}`;
	const known = compared.get(pair);
	if (known !== undefined) return known;
	const isSame = probesOf(theirs).every((text) => ours.test(text) === theirs.test(text));
	compared.set(pair, isSame);
	return isSame;
}

const sorted = (list: readonly string[] = []) => [...list].sort().join(' ');

/** The differences of ours from AWS's, as text. */
export function differences(path: string, ours: Described, theirs: Described): string[] {
	const here = [
		ours.kind !== theirs.kind && `a ${ours.kind} rather than a ${theirs.kind}`,
		sorted(ours.values) !== sorted(theirs.values) && `values ${sorted(ours.values)}`,
		ours.min !== theirs.min && `min ${ours.min} rather than ${theirs.min}`,
		ours.max !== theirs.max && `max ${ours.max} rather than ${theirs.max}`,
		!isSamePattern(ours.pattern, theirs.pattern) && `pattern ${ours.pattern?.source}`,
		sorted(ours.required) !== sorted(theirs.required) && `required ${sorted(ours.required)}`,
		sorted(Object.keys(ours.members)) !== sorted(Object.keys(theirs.members)) &&
			`members ${sorted(Object.keys(ours.members))}`,
		!ours.of !== !theirs.of && 'other entries',
		!ours.keys !== !theirs.keys && 'other keys',
	].filter((one) => one !== false);
	const pairs: Array<[string, Side | undefined, Side | undefined]> = [
		...Object.entries(theirs.members).map(([name, side]): [string, Side | undefined, Side] => [
			`.${name}`,
			ours.members[name],
			side,
		]),
		['[]', ours.of, theirs.of],
		['{key}', ours.keys, theirs.keys],
	];
	return [
		...here.map((what) => `${path}: ${what}`),
		...pairs.flatMap(([name, one, other]) =>
			one && other ? differences(`${path}${name}`, one(), other()) : [],
		),
	];
}
