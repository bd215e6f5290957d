import { readFileSync } from 'node:fs';
import { generatedPages } from '../../docs/pages.ts';
import { table } from '../../docs/reference.ts';

describe('the reference in docs', () => {
	it.each(generatedPages().map(({ file, text }) => [file.replace(/^.*\/docs\//, ''), file, text]))(
		'%s is what `npm run docs` writes now',
		(_name, file, text) => {
			expect(readFileSync(file, 'utf8')).toBe(text);
		},
	);

	it('names every operation and field', () => {
		const text = generatedPages()
			.map((page) => page.text)
			.join('');
		for (const wanted of [
			'### Flow: Create and Publish',
			'Source Spec (required)',
			'Glue Data Catalog',
		]) {
			expect(text).toContain(wanted);
		}
	});

	it('ends each sentence once, and has each field once in a table', () => {
		for (const { text } of generatedPages()) {
			expect(text).not.toMatch(/\.\.(?!\/)/);
			for (const section of text.split('\n### ')) {
				const names = [...section.matchAll(/^\| ([^|]+) \|/gm)].map(([, name]) => name);
				const rows = names.filter((name) => name !== 'Field' && name !== '---');
				expect(rows).toEqual([...new Set(rows)]);
			}
		}
	});

	it('writes tables whose cells stay in their columns', () => {
		expect(
			table([
				['A', 'B'],
				['a|b', 'c\nd'],
			]),
		).toBe('| A | B |\n| --- | --- |\n| a\\|b | c d |');
	});
});
