import { conditionsOf, grouped } from './bench.ts';
import type { Result } from './bench.ts';
import { isReached } from './goals.ts';
import type { Goal } from './goals.ts';
import type { Weight } from './weigh.ts';

type Say = (text: string) => void;

/** A number for the table; a dash if it is not known. */
function figure(value: number, decimals = 0): string {
	return Number.isNaN(value) ? '-' : value.toFixed(decimals);
}

const columns: Array<[head: string, cell: (result: Result) => string]> = [
	['way', ({ label }) => label],
	['in flight', ({ parallel }) => figure(parallel)],
	['ms', ({ wallMs }) => figure(wallMs)],
	['items/s', ({ itemsPerSecond }) => figure(itemsPerSecond)],
	['CPU ms/item', ({ cpuMsPerItem }) => figure(cpuMsPerItem, 2)],
	['peak MB', ({ peakRssMb }) => figure(peakRssMb)],
	['created', ({ created }) => figure(created)],
	['lost', ({ lost }) => figure(lost)],
	['twice', ({ duplicated }) => figure(duplicated)],
];

function table(results: Result[], say: Say): void {
	const rows = [
		columns.map(([head]) => head),
		...results.map((result) => columns.map(([, cell]) => cell(result))),
	];
	const widths = columns.map((_, column) =>
		Math.max(...rows.map((row) => (row[column] ?? '').length)),
	);
	for (const row of rows) {
		const cells = row.map((cell, column) => {
			const width = widths[column] ?? 0;
			return column === 0 ? cell.padEnd(width) : cell.padStart(width);
		});
		say(cells.join('  '));
	}
}

export function showTable(results: Result[], weight: Weight, say: Say): void {
	for (const [heading, some] of grouped(results, conditionsOf)) {
		say(`\n${heading} (medians)`);
		table(some, say);
	}
	const { packageLoadMs, tarballBytes, descriptionBytes, n8nDescriptionBytes } = weight;
	say(`\nThe package: loads in ${packageLoadMs.toFixed(1)} ms, ${tarballBytes} bytes packed.`);
	for (const [node, bytes] of Object.entries(descriptionBytes)) {
		say(`  description of ${node}: ${bytes} bytes`);
	}
	const { aws, all } = n8nDescriptionBytes;
	say(`  beside n8n's heaviest AWS node, ${aws.node}: ${aws.bytes} bytes`);
	say(`  and its heaviest of all, ${all.node}: ${all.bytes} bytes`);
}

export function showGoals(all: Goal[], say: Say): void {
	say('\nGoals');
	for (const goal of all) {
		const { what, value, side, bound, unit, note } = goal;
		const said = unit ? `${value} ${unit}` : `${value.toFixed(2)} x`;
		say(
			`  ${isReached(goal) ? 'reached    ' : 'NOT REACHED'}  ${what}: ${said}, ${side} ${bound}${note ? ` (${note})` : ''}`,
		);
	}
}
