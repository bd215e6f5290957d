import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import type { DigaFlow } from '../../api/resource';
import type { StepPlace } from '../../api/stepEndpoints';
import { stepLocator } from '../../pickers/step';
import { lastName, showsSteps } from '../../model/tree';

/** The fields for the position of a step. */
export const placeFields: INodeProperties[] = [
	{
		displayName: 'Position',
		name: 'position',
		type: 'options',
		options: [
			{ name: 'After a Step', value: 'AFTER' },
			{ name: 'At the End', value: 'end', description: 'After the last step of the main chain' },
			{
				name: 'Inside a Branch',
				value: 'INSIDE_BRANCH',
				description: 'As the first step in a branch of a router',
			},
			{ name: 'Inside a Loop', value: 'INSIDE_LOOP', description: 'As the first step in a loop' },
			{
				name: 'Where Diga Puts It',
				value: 'unspecified',
				description: 'Sends only the parent step. Diga does not document the result.',
			},
		],
		default: 'end',
		description: 'Where to insert the step. The following steps move down.',
	},
	{
		...stepLocator('Parent Step', {
			name: 'parentStep',
			description: 'The step before the new position, or the loop or router that contains it',
		}),
		displayOptions: {
			show: { position: ['AFTER', 'INSIDE_BRANCH', 'INSIDE_LOOP', 'unspecified'] },
		},
	},
	{
		displayName: 'Branch Index',
		name: 'branchIndex',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		displayOptions: { show: { position: ['INSIDE_BRANCH'] } },
		description: 'The index of the branch in the router, starting at 0',
	},
];

/**
 * Reads {@link placeFields}.
 * @returns the position in a flow, which depends on its current last step
 */
export function readPlace(parameters: Parameters): (flow: DigaFlow) => StepPlace {
	const position = parameters.choice('position', [
		'end',
		'AFTER',
		'INSIDE_BRANCH',
		'INSIDE_LOOP',
		'unspecified',
	]);
	if (position === 'end') {
		return (flow) => {
			if (showsSteps(flow)) return { parentStep: lastName(flow), location: 'AFTER' };
			throw inputError(
				'Position cannot be At the End because Diga does not show the steps of the flow',
				'Set Position to After a Step, and enter the name of the last step.',
			);
		};
	}
	const parentStep = parameters.requiredText('parentStep');
	if (position === 'unspecified') return () => ({ parentStep });
	const branchIndex = position === 'INSIDE_BRANCH' ? parameters.number('branchIndex') : undefined;
	return () => ({ parentStep, location: position, branchIndex });
}
