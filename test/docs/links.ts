// The links of Markdown pages, and whether what they lead to exists in this repository.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const REPOSITORY = 'https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows';

function withoutCode(markdown: string): string {
	return markdown.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, (code) => code.slice(1, -1));
}

/** The anchor that GitHub gives a heading, before it numbers those that are the same. */
function anchorOf(heading: string): string {
	return heading
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}_ -]/gu, '')
		.replaceAll(' ', '-');
}

/** All anchors of a page. GitHub numbers the second heading of a name, and those after it, from 1. */
export function anchorsOf(markdown: string): string[] {
	const counts = new Map<string, number>();
	return [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
		const anchor = anchorOf(heading);
		const count = counts.get(anchor) ?? 0;
		counts.set(anchor, count + 1);
		return count === 0 ? anchor : `${anchor}-${count}`;
	});
}

/** The targets of all links and pictures of a page, in their order. */
export function linksOf(markdown: string): string[] {
	return [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

/** The file and the anchor of a link, from the root of the repository; undefined for another site. */
function targetOf(page: string, link: string): [file: string, anchor: string] | undefined {
	const [address = '', anchor = ''] = link.split('#');
	if (address === REPOSITORY) return ['README.md', anchor];
	const inRepository = `${REPOSITORY}/blob/main/`;
	if (address.startsWith(inRepository)) return [address.slice(inRepository.length), anchor];
	if (/^[a-z]+:/i.test(address)) return undefined;
	return [address === '' ? page : join(dirname(page), address), anchor];
}

/**
 * Whether a link leads to a file of this repository and, if it has an anchor, to a heading in it.
 * A link to another site counts as valid: nothing is fetched.
 * @param page the file that has the link, from the root of the repository
 */
export function leadsSomewhere(page: string, link: string): boolean {
	const target = targetOf(page, link);
	if (!target) return true;
	const [file, anchor] = target;
	if (!existsSync(join(root, file))) return false;
	return anchor === '' || anchorsOf(readFileSync(join(root, file), 'utf8')).includes(anchor);
}
