import type { INodeProperties } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { DigaFlow } from '../api/resource';
import { invalidSteps, titleOf } from './tree';

/**
 * Activepieces publishes invalid steps, so this package checks first.
 * https://github.com/activepieces/activepieces, packages/server/api/src/app/flows/flow/flow.service.ts
 */
export const stopWhenStepsAreInvalid: INodeProperties = {
	displayName: 'Stop When Steps Are Invalid',
	name: 'stopWhenStepsAreInvalid',
	type: 'boolean',
	default: true,
	description: 'Whether to fail without publishing if Diga reports an invalid trigger or step',
};

/** How many invalid steps the error names. */
const NAMED = 20;

/** @throws OperationError that lists the steps that Diga reports as invalid */
export function mustBeValid(flow: DigaFlow): void {
	const invalid = invalidSteps(flow).map(titleOf);
	if (invalid.length === 0) return;
	const named = invalid.slice(0, NAMED).join(', ');
	const more = invalid.length > NAMED ? `, and ${invalid.length - NAMED} more` : '';
	throw new OperationError(
		`The flow ${flow.id} was not published because it has invalid steps: ${named}${more}`,
		{
			fromService: true,
			description:
				'Complete these steps with Trigger > Update or Step > Update, or turn off Stop When Steps Are Invalid in Options.',
		},
	);
}
