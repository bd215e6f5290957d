// Texts are plain English and names are standard terms, as CONTRIBUTING says.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Files and folders with texts. */
const places = [
	'nodes',
	'credentials',
	'docs',
	'examples',
	'test',
	'.github',
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'AGENTS.md',
	'SECURITY.md',
	'knip.jsonc',
	'eslint.config.mjs',
	'eslint.imports.mjs',
	'gulpfile.js',
	'package.json',
];

/**
 * Phrases that read as translated, and spellings that are not American.
 * Version 0.1.0 stored members named `going` and `things`; AWS's errors have a member `$fault`.
 */
const PHRASES = [
	/\ball the same\b/i,
	/\b(go|goes|going|gone|went) on\b/i,
	/\bby (itself|themselves)\b/i,
	/\bif so chosen\b/i,
	/\bby choice\b/i,
	/\b(tell|tells|told) (of|it|them)\b/i,
	/\b(look|looks|looked|looking) at\b/i,
	/(?<!\$)\bfaults?\b(?! injection\b)/i,
	/\bin vain\b/i,
	/\bwhat there is\b/i,
	/\bwhichever\b/i,
	/\bwhether or not anybody\b/i,
	/(?<!there )\b(is|are) none\b/i,
	/\bof which\b/i,
	/\bnothing but\b/i,
	/\bso long\b/i,
	/\bone that\b/i,
	/\b(a|the|an|each|every|first|last|next|second|another|one) (try|tries)\b/i,
	/\bthings?\b(?!:)/i,
	/\btold\b/i,
	/\bgoing\b(?!:)/i,
	/\b(asked|asks|ask|sent|sends|send) again\b/i,
	/\b(taken|takes|take|took) (\w+ )?for (a|an|the|one|none|what)\b/i,
	/\b(stands|stood|stand) (in|beside|there|here|at|where|once)\b/i,
	/\bown words\b/i,
	/\bevery so often\b/i,
	/\b(a|the|no) right to\b/i,
	/\b(cancell(ed|ing)|dialled|labell(ed|ing)|behaviour|colour|recognis\w+|honour\w*)\b/i,
];

/** References to what is not in the repository. */
const REFERENCES = [/\btraps?\s+\d/i, /(?<!\w)\(\d+\.\d+\)/, /\bfacts\/\w/];

/** Names that standard terms have replaced. */
const NAMES =
	/\b(Fault|Wire|Gate|Told|Thing|Patience|Wanted|endedBadly|mayBeDone|createOnce|adopted|everyOne|WAYS|isQuiet|inTurn|takeBack|explained|refuseStrangers|refuseOtherEnds|withComingStart|CAUTION|SPREAD|Mischief|befall|asFault)\b/;

/** Contains phrases or old names on purpose: generated, installed, names that version 0.1.0 stored, this test. */
const EXCLUDED =
	/(^docs\/reference|node_modules|package-lock\.json|legacyState\.ts|language\.test\.ts)$/;

function filesOf(place: string): string[] {
	if (EXCLUDED.test(place)) return [];
	const path = join(root, place);
	if (statSync(path).isDirectory()) {
		return readdirSync(path).flatMap((name) => filesOf(join(place, name)));
	}
	return /\.(ts|js|mjs|json|md|ya?ml)$/.test(place) ? [place] : [];
}

/**
 * A file as one line, so that a phrase is found across the lines of a comment,
 * without a label of version 0.1.0 that the changelog names, and without a value of Diga's API.
 */
function textOf(file: string): string {
	const text = readFileSync(join(root, file), 'utf8').replace(/\s*\n\s*((\*|\/\/) )?/g, ' ');
	return text.replace('_All That Are Going On_', '').replaceAll('[error, success, cancelled]', '');
}

/** Each match with the words around it. */
function found(place: string, patterns: RegExp[]): string[] {
	return filesOf(place).flatMap((file) => {
		const text = textOf(file);
		return patterns.flatMap((pattern) =>
			[...text.matchAll(new RegExp(pattern, `g${pattern.flags}`))].map(
				({ index, 0: match }) =>
					`${file}: ${text.slice(Math.max(0, index - 40), index + match.length + 30)}`,
			),
		);
	});
}

describe('the language of the project', () => {
	it.each(places)('is plain English in %s', (place) => {
		expect(found(place, PHRASES)).toEqual([]);
	});

	it.each(places)('uses standard names in %s', (place) => {
		expect(found(place, [NAMES])).toEqual([]);
	});

	it.each(places)('refers to nothing outside the repository in %s', (place) => {
		expect(found(place, REFERENCES)).toEqual([]);
	});
});
