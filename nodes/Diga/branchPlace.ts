import type { INodeProperties } from 'n8n-workflow';
import { refusal } from '../engine/fault';
import type { Parameters } from '../engine/parameters';
import type { BranchPlace } from './DigaApi';
import { stepLocator } from './resources/shared';

/** The field for a place among the branches of a router. */
export function branchIndexField(
	displayName: string,
	{ name, description }: { name: string; description: string },
): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		required: true,
		description,
	};
}

export const routerLocator = stepLocator('Router', {
	name: 'step',
	description: 'The router step that has the branch',
});

export const branchIndex = branchIndexField('Branch Index', {
	name: 'branchIndex',
	description: 'Which branch of the router, from 0',
});

export function readIndex(parameters: Parameters, path: string, label: string): number {
	const index = parameters.number(path);
	if (Number.isInteger(index)) return index;
	throw refusal(`${label} must be a whole number, but is "${index}"`);
}

export function readBranchPlace(parameters: Parameters): BranchPlace {
	return {
		stepName: parameters.requiredText('step'),
		branchIndex: readIndex(parameters, 'branchIndex', 'Branch Index'),
	};
}
