import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { Parameters } from '../../engine/input/parameters';
import { hasFailed, hasSucceeded } from '../model/executionStatus';
import { textOf } from '../pieces/pieces';

/** Whether a test succeeded, as far as its outcome matters. @throws Fault when Diga does not say */
function hasPassed(parameters: Parameters, result: IDataObject): boolean {
	if (!parameters.flag('options.failWhenTheTestFails')) return true;
	const { success } = result;
	if (typeof success === 'boolean') return success;
	// of a flow, its status says it as well
	if (hasSucceeded(result)) return true;
	if (hasFailed(result)) return false;
	throw new OperationError('Diga carried out the test, and does not say whether it succeeded', {
		fromService: true,
		outcomeUnknown: true,
		description: 'Switch off Fail When the Test Fails in Options to have what it says as output.',
	});
}

/** The test of a flow; a fault when it did not succeed and must. */
export function settleFlowTest(
	parameters: Parameters,
	flow: string,
	result: IDataObject,
): IDataObject {
	if (hasPassed(parameters, result)) return result;
	const run = textOf(result.runId) ?? 'unknown';
	throw new OperationError(
		`The test of the flow ${flow} ended with the status ${textOf(result.status) ?? 'unknown'}`,
		{
			fromService: true,
			description: `See which step failed with Execution > Get; the ID of the execution is ${run}.`,
		},
	);
}

/** The test of a step; a fault with what the step wrote when it did not succeed and must. */
export function settleStepTest(
	parameters: Parameters,
	step: string,
	result: IDataObject,
): IDataObject {
	if (hasPassed(parameters, result)) return result;
	throw new OperationError(
		textOf(result.standardError) ?? `The test of the step ${step} did not succeed`,
		{
			fromService: true,
			description: `That is what the step "${step}" wrote when it was tested. Switch off Fail When the Test Fails in Options to have it as output.`,
		},
	);
}
