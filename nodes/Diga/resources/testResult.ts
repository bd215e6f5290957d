import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { Parameters } from '../../engine/input/parameters';
import { nonBlankText } from '../../engine/values';
import { hasFailed, hasSucceeded } from '../model/executionStatus';

export const failWhenTheTestFails: INodeProperties = {
	displayName: 'Fail When the Test Fails',
	name: 'failWhenTheTestFails',
	type: 'boolean',
	default: true,
	description: 'Whether to fail the item if the test ran but did not succeed',
};

/**
 * Whether a test may be output: it succeeded, or Fail When the Test Fails is off.
 * @throws OperationError if Diga does not show whether the test succeeded
 */
function hasPassed(parameters: Parameters, result: IDataObject): boolean {
	if (!parameters.flag('options.failWhenTheTestFails')) return true;
	const { success } = result;
	if (typeof success === 'boolean') return success;
	// tests of flows have a status as well
	if (hasSucceeded(result)) return true;
	if (hasFailed(result)) return false;
	throw new OperationError('Diga ran the test but does not show whether it succeeded', {
		fromService: true,
		outcomeUnknown: true,
		description: "Turn off Fail When the Test Fails in Options to output Diga's response.",
	});
}

/** @throws OperationError if the test of a flow has not {@link hasPassed passed} */
export function checkFlowTest(
	parameters: Parameters,
	flow: string,
	result: IDataObject,
): IDataObject {
	if (hasPassed(parameters, result)) return result;
	const execution = nonBlankText(result.runId) ?? 'unknown';
	throw new OperationError(
		`The test of the flow ${flow} ended with the status ${nonBlankText(result.status) ?? 'unknown'}`,
		{
			fromService: true,
			description: `Use Execution > Get to see which step failed. The execution ID is ${execution}.`,
		},
	);
}

/** @throws OperationError with the output of the step if its test has not {@link hasPassed passed} */
export function checkStepTest(
	parameters: Parameters,
	step: string,
	result: IDataObject,
): IDataObject {
	if (hasPassed(parameters, result)) return result;
	throw new OperationError(
		nonBlankText(result.standardError) ?? `The test of the step ${step} did not succeed`,
		{
			fromService: true,
			description: `This is the error output of the step "${step}". Turn off Fail When the Test Fails in Options to output the result of the test.`,
		},
	);
}
