// The results of npm run test:compat, and the table that shows them in the documentation.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scenarios } from './scenarios.ts';
import { versions } from './versions.ts';

const root = join(import.meta.dirname, '../..');

export const resultsFolder = join(import.meta.dirname, 'results');

/** The page that has the table. */
export const page = join(root, 'README.md');

const BEGIN = '<!-- npm run test:compat writes this table -->';
const END = '<!-- end of the table -->';

export interface Outcome {
	passed: boolean;
	/** Why the scenario failed, or how this version differs. */
	note?: string;
}

export interface Result {
	n8n: string;
	node: string;
	/** When it was measured, e.g. `2026-11-24`. */
	date: string;
	scenarios: Record<string, Outcome>;
}

export function resultFile(n8n: string): string {
	return join(resultsFolder, `${n8n}.json`);
}

/** The stored results, in the order of versions.ts. */
export async function storedResults(): Promise<Result[]> {
	const files = versions.map(({ n8n }) => resultFile(n8n)).filter((file) => existsSync(file));
	return await Promise.all(
		files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Result),
	);
}

/** A table with a row for each scenario and a column for each version, and the notes below it. */
export function table(results: Result[]): string {
	const notes: string[] = [];
	const cell = (outcome: Outcome | undefined) => {
		if (!outcome) return '';
		const mark = outcome.passed ? '✓' : '✗';
		if (outcome.note === undefined) return mark;
		if (!notes.includes(outcome.note)) notes.push(outcome.note);
		return `${mark} (${notes.indexOf(outcome.note) + 1})`;
	};
	const rows = [
		['n8n', ...results.map(({ n8n }) => n8n)],
		['Node', ...results.map(({ node }) => node)],
		...scenarios.map(({ name }) => [
			name,
			...results.map(({ scenarios: outcomes }) => cell(outcomes[name])),
		]),
	];
	// aligned as Prettier aligns them
	const widths = rows[0]?.map((_, column) =>
		Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0)),
	);
	const pad = (cells: string[], fill = ' ') =>
		`| ${cells.map((text, column) => text.padEnd(widths?.[column] ?? 0, fill)).join(' | ')} |`;
	const [head = [], ...body] = rows;
	const rule = pad(
		head.map(() => ''),
		'-',
	);
	const lines = [pad(head), rule, ...body.map((cells) => pad(cells))];
	const list = notes.map((note, index) => `${index + 1}. ${note}`);
	return [...lines, ...(list.length > 0 ? ['', ...list] : [])].join('\n');
}

/** The page with the table of these results. @throws if the page has no markers */
export function withTable(text: string, results: Result[]): string {
	const from = text.indexOf(BEGIN);
	const to = text.indexOf(END);
	if (from < 0 || to < from) throw new Error(`The page has no markers "${BEGIN}" and "${END}"`);
	return `${text.slice(0, from)}${BEGIN}\n\n${table(results)}\n\n${text.slice(to)}`;
}

export async function updatePages(): Promise<void> {
	await writeFile(page, withTable(await readFile(page, 'utf8'), await storedResults()));
}
