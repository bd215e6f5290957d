import type { INodeProperties } from 'n8n-workflow';
import { withBlankAsDefault } from './field';
import type { Parameters } from './parameters';
import type { NodeRun } from '../nodeRun';

/** The fields of every Get Many operation. */
export const getManyFields: INodeProperties[] = [
	withBlankAsDefault({
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	}),
	withBlankAsDefault({
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	}),
];

/** The maximum number of results. Infinity for all. */
export function wantedCount(parameters: Parameters): number {
	return parameters.flag('returnAll') ? Infinity : parameters.number('limit');
}

/** Adds a hint if a list is incomplete. */
export function warnIncomplete(
	run: NodeRun,
	item: number,
	{ incomplete }: { incomplete?: string },
): void {
	if (incomplete !== undefined) run.warnings.push(`${incomplete} [Item ${item}]`);
}
