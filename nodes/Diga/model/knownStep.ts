import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { DigaFlow } from '../api/resource';
import { findStep, nameOf, showsAllSteps, stepsOf } from './tree';

/**
 * Finds a step by name. Undefined if the step may be where the response does not show it.
 * @throws OperationError if there is no such step: Diga may accept a change of an unknown step and do nothing
 */
export function knownStep(flow: DigaFlow, name: string): IDataObject | undefined {
	const step = findStep(flow, name);
	if (step || !showsAllSteps(flow)) return step;
	throw unknownStepError(flow, name);
}

export function unknownStepError(flow: DigaFlow, name: string): OperationError {
	return new OperationError(`The flow ${flow.id} has no step "${name}"`, {
		fromService: true,
		description: `${stepNames(flow)} Diga may not show steps inside loops.`,
	});
}

/** A sentence with the first step names. */
function stepNames(flow: DigaFlow): string {
	const names = stepsOf(flow)
		.flatMap((step) => nameOf(step) ?? [])
		.slice(0, 20);
	return names.length > 0 ? `Its steps are ${names.join(', ')}.` : 'It has no steps.';
}
