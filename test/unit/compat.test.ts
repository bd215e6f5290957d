// The table of versions in README is what npm run test:compat has measured.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFlatted } from '../compat/flatted.ts';
import { page, storedResults, table, withTable } from '../compat/report.ts';
import { scenarios } from '../compat/scenarios.ts';
import { newest, versions } from '../compat/versions.ts';

describe('the table of versions', () => {
	it('has every version of versions.ts, and every scenario of scenarios.ts', async () => {
		const results = await storedResults();
		expect(results.map(({ n8n }) => n8n)).toEqual(versions.map(({ n8n }) => n8n));
		const names = scenarios.map(({ name }) => name);
		for (const result of results) expect(Object.keys(result.scenarios)).toEqual(names);
	});

	it('is in README as the stored results say', async () => {
		const text = readFileSync(page, 'utf8');
		expect(withTable(text, await storedResults())).toBe(text);
	});

	it('says why a scenario failed, and how a version differs, once below the table', () => {
		const [first, second, third] = scenarios.map(({ name }) => name);
		if (!first || !second || !third) throw new Error('There are fewer than three scenarios');
		const row = (...cells: string[]) => new RegExp(`\\| ${cells.join(' +\\| *')} *\\|`);
		const text = table([
			{
				n8n: '9.0.0',
				node: '24.0.0',
				date: '2026-01-01',
				scenarios: {
					[first]: { passed: true },
					[second]: { passed: false, note: 'It broke' },
					[third]: { passed: true, note: 'It differs' },
				},
			},
			{
				n8n: '9.1.0',
				node: '24.0.0',
				date: '2026-01-01',
				scenarios: { [third]: { passed: true, note: 'It differs' } },
			},
		]);
		expect(text).toMatch(row(first, '✓', ''));
		expect(text).toMatch(row(second, '✗ \\(1\\)', ''));
		expect(text).toMatch(row(third, '✓ \\(2\\)', '✓ \\(2\\)'));
		expect(text.endsWith('\n\n1. It broke\n2. It differs')).toBe(true);
	});

	it('needs its markers in the page', () => {
		expect(() => withTable('# A page', [])).toThrow('no markers');
	});
});

describe('the versions', () => {
	it('begin with the engine of engine-oldest, and end with the n8n of npm start', () => {
		const { description } = JSON.parse(
			readFileSync(join(import.meta.dirname, '../compat/oldest/package.json'), 'utf8'),
		) as { description: string };
		expect(description).toContain(` ${versions[0]?.n8n ?? ''},`);
		expect(versions.at(-1)?.n8n).toBe(newest);
	});

	it('are those that the workflow runs', () => {
		const workflow = readFileSync(
			join(import.meta.dirname, '../../.github/workflows/compat.yml'),
			'utf8',
		);
		const listed = /n8n: \[(.*)\]/.exec(workflow)?.[1] ?? '';
		expect(listed.split(', ').map((one) => one.replace(/'/g, ''))).toEqual(
			versions.map(({ n8n }) => n8n),
		);
	});
});

describe('the format of an execution', () => {
	it('is read with nested, shared and circular values', () => {
		const read = parseFlatted(
			'[{"a":"1","b":"2","c":"3","self":"0"},"text",[4,"1",true],{"d":"2","n":null}]',
		) as Record<string, unknown>;
		expect(read.a).toBe('text');
		expect(read.b).toEqual([4, 'text', true]);
		expect(read.c).toEqual({ d: [4, 'text', true], n: null });
		expect((read.c as { d: unknown }).d).toBe(read.b);
		expect(read.self).toBe(read);
	});

	it('keeps a member named __proto__ as data', () => {
		const read = parseFlatted('[{"__proto__":"1"},"text"]') as object;
		expect(Object.getOwnPropertyDescriptor(read, '__proto__')?.value).toBe('text');
		expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
	});

	it('is refused if it is something else', () => {
		expect(() => parseFlatted('{"a":1}')).toThrow('flatted format');
	});
});
