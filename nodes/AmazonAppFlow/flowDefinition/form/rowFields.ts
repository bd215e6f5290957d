import type { INodeProperties } from 'n8n-workflow';

/** A list of rows; `rowsOf` reads it. */
export function rows(
	displayName: string,
	name: string,
	{ row, values, ...more }: { row: string; values: INodeProperties[] } & Partial<INodeProperties>,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: `Add ${row}`,
		default: {},
		options: [{ name: 'row', displayName: row, values }],
		...more,
	};
}

export function shownFor(show: Record<string, string[]>) {
	return { displayOptions: { show } };
}
