import { OperationError, inputError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaFlow } from '../../api/resource';
import type { NewStep, StepPlace } from '../../api/stepEndpoints';
import { changeOnce } from '../../model/changeOnce';
import { knownStep, unknownStepError } from '../../model/knownStep';
import { findStep, hasStep, isOpaqueLoop, showsSteps, stepsOf } from '../../model/tree';

/**
 * Adds a step and checks that it exists, because Diga may accept a step for an unknown parent and do nothing.
 * @param before the flow before the change
 * @returns the flow with the step
 */
export async function addStep(
	context: OperationContext<DigaApi>,
	before: DigaFlow,
	{ step, place }: { step: NewStep; place: StepPlace },
): Promise<DigaFlow> {
	const { name } = step;
	if (findStep(before, name)) {
		throw inputError(
			`The flow ${before.id} already has a step "${name}"`,
			'Enter another Step Name, or leave it empty to use the next unused name.',
		);
	}
	// a response without any steps may belong to a new flow, which has a trigger that is not shown
	if (stepsOf(before).length > 0) knownStep(before, place.parentStep);
	return await changeOnce(context, before.id, {
		maybe: `The step "${name}" may have been added`,
		send: async () => await context.api.steps.add(before.id, step, place),
		isDone: (flow) => hasStep(flow, name),
		whenNotShown: (flow) => acceptNotShown(flow, name, place),
	});
}

/**
 * Accepts a step that Diga accepted but does not show, if it is inside a loop whose steps are not shown.
 * @throws OperationError in all other cases
 */
function acceptNotShown(flow: DigaFlow, name: string, { parentStep }: StepPlace): DigaFlow {
	const parent = findStep(flow, parentStep);
	if (parent && isOpaqueLoop(parent)) return flow;
	if (!showsSteps(flow)) {
		throw new OperationError(
			`Diga accepted the step "${name}" but does not show the steps of the flow`,
			{
				fromService: true,
				outcomeUnknown: true,
				description: `Check whether the flow ${flow.id} has the step before you run this again.`,
			},
		);
	}
	if (parent) {
		throw new OperationError(`Diga did not report an error, but the step "${name}" was not added`, {
			fromService: true,
			description: 'Check the flow in Diga before you run this again.',
		});
	}
	const error = unknownStepError(flow, parentStep);
	if (!stepsOf(flow).some(isOpaqueLoop)) throw error;
	throw error.withDescription(
		`If "${parentStep}" is inside a loop, the step was added: Diga does not show steps inside loops. Check the flow in Diga before you run this again.`,
	);
}
