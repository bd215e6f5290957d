// Cuts the texts of this repository for the package of one service.
import { dirname, join, normalize, relative } from 'node:path';

const REPOSITORY = 'https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows';

/**
 * The body of a section, without its heading, up to the next heading of its level or above.
 * @throws if the page has no such heading
 */
export function section(markdown: string, heading: string): string {
	const lines = markdown.split('\n');
	const start = lines.findIndex(
		(line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading,
	);
	if (start < 0) throw new Error(`There is no section "${heading}"`);
	const level = lines[start]?.indexOf(' ') ?? 0;
	const after = lines.slice(start + 1);
	const end = after.findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= level);
	return (end < 0 ? after : after.slice(0, end)).join('\n').trim();
}

/** The entries of a page's lists, each with the lines that continue it, and every other line alone. */
function entriesOf(markdown: string): string[][] {
	const entries: string[][] = [];
	let open: { indent: number; lines: string[] } | undefined;
	for (const line of markdown.split('\n')) {
		const [indent = ''] = /^\s*/.exec(line) ?? [];
		if (open && indent.length > open.indent && line.trim() !== '') {
			open.lines.push(line);
			continue;
		}
		const lines = [line];
		open = /^\s*- /.test(line) ? { indent: indent.length, lines } : undefined;
		entries.push(lines);
	}
	return entries;
}

/** The page without the table rows and list entries that match, each list entry with the entries inside it. */
export function withoutEntries(markdown: string, unwanted: RegExp): string {
	return entriesOf(markdown)
		.filter(([first = '', ...more]) => {
			const isEntry = first.startsWith('|') || /^\s*- /.test(first);
			return !isEntry || !unwanted.test([first, ...more].join('\n'));
		})
		.flat()
		.join('\n');
}

/** The page without headings of the third and second level that nothing follows. */
export function withoutEmptySections(markdown: string): string {
	return markdown
		.replace(/^### .*\n\s*(?=^##|(?![^]))/gm, '')
		.replace(/^## .*\n\s*(?=^## |(?![^]))/gm, '')
		.replace(/\n{3,}/g, '\n\n')
		.trimEnd()
		.concat('\n');
}

/** The targets of a page's links and pictures inside the repository, from its root, without anchors. */
export function linkedFiles(page: string, markdown: string): string[] {
	return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, link = '']) => link)
		.filter((link) => !/^([a-z]+:|#)/i.test(link))
		.map((link) => normalize(join(dirname(page), link.split('#')[0] ?? '')));
}

/**
 * Moves a page: relative links to files that come along stay relative, others lead to the repository on GitHub.
 * @param from the page in the repository, e.g. `docs/diga.md`
 * @param to the page in the package
 * @param comesAlong whether the package has a file, by its path from the root, which is the same in both
 */
export function movedLinks(
	markdown: string,
	from: string,
	to: string,
	comesAlong: (file: string) => boolean,
): string {
	return markdown.replace(/\]\(([^)\s]+)\)/g, (all, link: string) => {
		if (/^([a-z]+:|#)/i.test(link)) return all;
		const [address = '', anchor] = link.split('#');
		const file = normalize(join(dirname(from), address));
		const target = comesAlong(file)
			? relative(dirname(to), file)
			: `${REPOSITORY}/${/\.(png|svg)$/.test(file) ? 'raw' : 'blob'}/main/${file}`;
		return `](${target}${anchor === undefined ? '' : `#${anchor}`})`;
	});
}
