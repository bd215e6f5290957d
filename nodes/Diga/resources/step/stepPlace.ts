import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import type { DigaFlow, StepPlace } from '../../api/DigaApi';
import { stepLocator } from '../shared';
import { lastName, tellsSteps } from '../../model/tree';

/** Where a step is put. */
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
		],
		default: 'end',
		description: 'Where to put the step; what stands there comes after it',
	},
	{
		...stepLocator('Parent Step', {
			name: 'parentStep',
			description: 'The step to put it after, or the loop or router to put it in',
		}),
		displayOptions: { show: { position: ['AFTER', 'INSIDE_BRANCH', 'INSIDE_LOOP'] } },
	},
	{
		displayName: 'Branch Index',
		name: 'branchIndex',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		displayOptions: { show: { position: ['INSIDE_BRANCH'] } },
		description: 'Which branch of the router, from 0',
	},
];

/** What was set in {@link placeFields}, for a flow as it is now. */
export function readPlace(parameters: Parameters): (flow: DigaFlow) => StepPlace {
	const position = parameters.choice('position', ['end', 'AFTER', 'INSIDE_BRANCH', 'INSIDE_LOOP']);
	if (position === 'end') {
		return (flow) => {
			if (tellsSteps(flow)) return { parentStep: lastName(flow), location: 'AFTER' };
			throw inputError(
				'Position cannot be At the End: Diga does not show the steps of the flow',
				'Set Position to After a Step, and enter the name of the last one.',
			);
		};
	}
	const parentStep = parameters.requiredText('parentStep');
	const branchIndex = position === 'INSIDE_BRANCH' ? parameters.number('branchIndex') : undefined;
	return () => ({ parentStep, location: position, branchIndex });
}
