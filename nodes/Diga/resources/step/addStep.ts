import { OperationError, inputError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import { changeOnce } from '../../model/changeOnce';
import type { DigaApi, DigaFlow, NewStep, StepPlace } from '../../api/DigaApi';
import { knownStep, unknownStep } from '../shared';
import { findStep, isHiddenLoop, stepsOf, tellsSteps } from '../../model/tree';

/** Whether a flow has a step; undefined when it does not show whether it has. */
export function hasStep(flow: DigaFlow, name: string): boolean | undefined {
	if (findStep(flow, name)) return true;
	return tellsSteps(flow) && !stepsOf(flow).some(isHiddenLoop) ? false : undefined;
}

/**
 * Adds a step, and makes sure that it is there: Diga may take a step for an unknown parent, and do nothing.
 * @param before the flow as it is
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
			`The flow ${before.id} has a step "${name}" already`,
			'Enter another Step Name, or leave it empty to have one made.',
		);
	}
	// a flow that shows no step at all has a trigger nevertheless
	if (stepsOf(before).length > 0) knownStep(before, place.parentStep);
	return await changeOnce(context, before.id, {
		maybe: `The step "${name}" may have been added`,
		send: async () => await context.api.addStep(before.id, step, place),
		isDone: (flow) => hasStep(flow, name),
		unseen: (flow) => unseen(flow, name, place),
	});
}

/** What comes of a step that Diga took, and that the flow does not show. */
function unseen(flow: DigaFlow, name: string, { parentStep }: StepPlace): DigaFlow {
	const parent = findStep(flow, parentStep);
	if (parent && isHiddenLoop(parent)) return flow;
	if (!tellsSteps(flow)) {
		throw new OperationError(
			`Diga took the step "${name}", but does not show the steps of the flow`,
			{
				fromService: true,
				outcomeUnknown: true,
				description: `Look whether the flow ${flow.id} has it before you run this again.`,
			},
		);
	}
	if (parent) {
		throw new OperationError(`Diga did not add the step "${name}", and did not say why`, {
			fromService: true,
			description: 'Look at the flow in Diga before you run this again.',
		});
	}
	const error = unknownStep(flow, parentStep);
	// its content may be in no answer, so that the parent may be in there, and the step as well
	if (!stepsOf(flow).some(isHiddenLoop)) throw error;
	throw error.withDescription(
		`If "${parentStep}" is inside a loop, the step was added: Diga does not show what is in loops. Look at the flow in Diga before you run this again.`,
	);
}
