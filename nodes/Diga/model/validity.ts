import type { INodeProperties } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { DigaFlow } from '../api/DigaApi';
import { invalidSteps } from './tree';

/** Diga itself seems to publish whatever there is. */
export const stopWhenStepsAreInvalid: INodeProperties = {
	displayName: 'Stop When Steps Are Invalid',
	name: 'stopWhenStepsAreInvalid',
	type: 'boolean',
	default: true,
	description:
		'Whether to publish nothing and fail the item when Diga says of the trigger or a step that it is not valid',
};

/** @throws Fault that lists the trigger and the steps which Diga says are not valid */
export function mustBeValid(flow: DigaFlow): void {
	const invalid = invalidSteps(flow);
	if (invalid.length === 0) return;
	const named = invalid.slice(0, 20).join(', ');
	throw new OperationError(
		`The flow ${flow.id} was not published, because ${invalid.length} of its steps are not valid: ${named}${invalid.length > 20 ? ', ...' : ''}`,
		{
			fromService: true,
			description:
				'Fill in what these steps ask for with Trigger > Update or Step > Update, or switch off Stop When Steps Are Invalid in Options.',
		},
	);
}
