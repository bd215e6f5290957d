import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf, leadsSomewhere, linksOf } from '../docs/links.ts';

const root = join(import.meta.dirname, '../..');
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};

/** All pages, relative to the root. */
const pages = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'AGENTS.md',
	'SECURITY.md',
	'examples/README.md',
	...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];

/** The URL of a page in docs, with an optional section. */
const pageOfADoc =
	/^https:\/\/github\.com\/n8n-nodes-dataflows\/n8n-nodes-dataflows\/blob\/main\/docs\/\w+\.md(#[\w-]+)?$/;

function brokenLinks(page: string, links: string[]): string[] {
	return links.filter((link) => !leadsSomewhere(page, link));
}

describe('the links of a page', () => {
	it('are found outside of code, with anchors as on GitHub', () => {
		expect(linksOf('[a](b.md#c), ![d](e.png)\n```\n[no](x.md)\n```\n')).toEqual([
			'b.md#c',
			'e.png',
		]);
		expect(anchorsOf('# A *b*: `c`, d\n## If it fails\n## If it fails\n')).toEqual([
			'a-b-c-d',
			'if-it-fails',
			'if-it-fails-1',
		]);
	});

	it('are broken if the file or section does not exist', () => {
		expect(leadsSomewhere('docs/a.md', '../README.md')).toBe(true);
		expect(leadsSomewhere('docs/a.md', '../README.md#no-such-section')).toBe(false);
		expect(leadsSomewhere('docs/a.md', 'no-such-page.md')).toBe(false);
	});
});

describe('the documentation', () => {
	it('is linked from each node and credential, with existing pages and sections', () => {
		for (const file of n8n.nodes) {
			const source = file.replace(/^dist\//, '').replace(/\.js$/, '');
			const codex = JSON.parse(readFileSync(join(root, `${source}.json`), 'utf8')) as {
				resources: Record<string, Array<{ url: string }>>;
			};
			const urls = Object.values(codex.resources).flatMap((list) => list.map(({ url }) => url));
			expect(urls).toHaveLength(2);
			for (const url of urls) expect(url).toMatch(pageOfADoc);
			expect(brokenLinks(`${source}.json`, urls)).toEqual([]);
		}
		for (const file of n8n.credentials) {
			const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
			const [, url = ''] =
				/documentationUrl =\s+'([^']+)'/.exec(readFileSync(join(root, source), 'utf8')) ?? [];
			expect(url).toMatch(pageOfADoc);
			expect(brokenLinks(source, [url])).toEqual([]);
		}
	});

	it.each(pages)('has every file and section that %s links to', (page) => {
		expect(brokenLinks(page, linksOf(readFileSync(join(root, page), 'utf8')))).toEqual([]);
	});

	it('links to every page of docs from the README or from a page that it links to', () => {
		const seen = new Set(['README.md']);
		for (const page of seen) {
			for (const link of linksOf(readFileSync(join(root, page), 'utf8'))) {
				const [address = ''] = link.split('#');
				const target = join(dirname(page), address);
				if (pages.includes(target)) seen.add(target);
			}
		}
		expect(pages.filter((page) => !seen.has(page))).toEqual([]);
	});

	it('keeps every line of the README within 200 characters', () => {
		const lines = readFileSync(join(root, 'README.md'), 'utf8').split('\n');
		expect(lines.filter(({ length }) => length > 200)).toEqual([]);
	});
});
