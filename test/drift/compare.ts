// Two descriptions of an API as lines `place: what is there`, and how they differ.

export interface Drift {
	/** Lines whose place only the newer description has. */
	added: string[];
	/** Lines whose place only the older description has. */
	gone: string[];
	/** Lines whose place both have, as `place: older -> newer`. */
	changed: string[];
}

/** Splits a line. A line without a colon is a place that needs no description. */
function partsOf(line: string): [place: string, description: string] {
	const at = line.indexOf(': ');
	return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 2)];
}

export function driftOf(older: string[], newer: string[]): Drift {
	const before = new Map(older.map(partsOf));
	const after = new Map(newer.map(partsOf));
	return {
		added: newer.filter((line) => !before.has(partsOf(line)[0])).sort(),
		gone: older.filter((line) => !after.has(partsOf(line)[0])).sort(),
		changed: [...after]
			.flatMap(([place, description]) => {
				const former = before.get(place);
				return former === undefined || former === description
					? []
					: [`${place}: ${former} -> ${description}`];
			})
			.sort(),
	};
}

/** The lines of a report. Empty if nothing differs. */
export function report({ added, gone, changed }: Drift): string[] {
	return [
		...added.map((line) => `new      ${line}`),
		...gone.map((line) => `gone     ${line}`),
		...changed.map((line) => `changed  ${line}`),
	];
}
