import { conditionsOf, grouped } from './bench.ts';
import type { Result } from './bench.ts';
import type { WayName } from './ways.ts';

const WIDTH = 820;
const BAR = { left: 270, longest: 380, height: 18, pitch: 26 };
const COLOURS: Partial<Record<WayName, string>> = {
	node: '#2f6fde',
	'http-request': '#e08a2b',
	sequential: '#9a5fb5',
	fetch: '#9aa3b2',
};

function text(x: number, y: number, words: string, more = ''): string {
	const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return `<text x="${x}" y="${y}" ${more}>${escaped}</text>`;
}

function bar(
	{ way: mode, label, itemsPerSecond, lost, duplicated }: Result,
	top: number,
	most: number,
) {
	const width = Math.max(1, Math.round((itemsPerSecond / most) * BAR.longest));
	const harm = [lost > 0 && `${lost} lost`, duplicated > 0 && `${duplicated} twice`].filter(
		Boolean,
	);
	const words = [Math.round(itemsPerSecond), ...harm].join(', ');
	const base = top + BAR.height - 4;
	return [
		text(BAR.left - 10, base, label, 'text-anchor="end"'),
		`<rect x="${BAR.left}" y="${top}" width="${width}" height="${BAR.height}" rx="2" fill="${COLOURS[mode] ?? '#000'}"/>`,
		text(BAR.left + width + 8, base, words, harm.length > 0 ? 'fill="#b3261e"' : ''),
	].join('');
}

/** The bars of a part of the results, with a heading. @returns the SVG and its lower end */
function section(results: Result[], heading: string, top: number): { svg: string; bottom: number } {
	const most = Math.max(...results.map(({ itemsPerSecond }) => itemsPerSecond));
	const first = top + 34;
	const bars = results.map((result, index) => bar(result, first + index * BAR.pitch, most));
	return {
		svg: text(20, top + 18, heading, 'font-weight="600" font-size="15"') + bars.join(''),
		bottom: first + results.length * BAR.pitch + 14,
	};
}

/** An SVG image of the items per second of each way. */
export function chart(results: Result[]): string {
	let bottom = 14;
	let svg = '';
	for (const [heading, some] of grouped(results, conditionsOf)) {
		const part = section(some, `Items per second: ${heading}`, bottom);
		svg += part.svg;
		bottom = part.bottom;
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${bottom}" viewBox="0 0 ${WIDTH} ${bottom}" font-family="system-ui, sans-serif" font-size="13" fill="#1f2a44"><rect width="100%" height="100%" fill="#fff"/>${svg}</svg>\n`;
}
