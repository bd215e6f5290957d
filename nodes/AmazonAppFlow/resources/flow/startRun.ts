import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../../../engine/errors';
import { startRun } from '../../../engine/runs/startRun';
import type { OperationContext } from '../../../engine/operation';
import { isObject } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { idOf, isRunning } from '../../api/execution';
import { followedExecutions } from './followedExecutions';

function triggerTypeIn({ triggerConfig }: IDataObject): unknown {
	return isObject(triggerConfig) ? triggerConfig.triggerType : undefined;
}

/** Whether the last run of a flow is in progress. Only then are the execution records read. */
function hasRunInProgress({ lastRunExecutionDetails: last }: IDataObject): boolean {
	return isObject(last) && isRunning(last.mostRecentExecutionStatus);
}

async function runInProgress(
	api: AmazonAppFlowApi,
	flow: string,
): Promise<IDataObject | undefined> {
	const isInProgress = ({ executionStatus }: IDataObject) => isRunning(executionStatus);
	return (await api.executionRecords(flow, Infinity, isInProgress)).find(isInProgress);
}

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_StartFlow.html, ConflictException */
const CONFLICT = 409;

/** Advice if a flow cannot be started. The general advice for a conflict also covers creates. */
function startAdvice({ details }: OperationError, isActivation: boolean): string | undefined {
	if (details.status !== CONFLICT) return details.description;
	return isActivation
		? 'The flow is already active, or it is being changed or deleted. Check its flowStatus with Flow > Get.'
		: 'The flow is running, or it is being changed or deleted. Check its runs with Flow > Get Runs.';
}

/**
 * Runs an on-demand flow and waits for the run if Wait for Completion is on. Activates any other flow.
 * @param before runs immediately before the start, while the flow is not running. Returns a sentence about what it
 *   changed, for the error message if the start fails.
 * @returns the response to the start, or the execution record of the run
 */
export async function startFlow(
	context: OperationContext<AmazonAppFlowApi>,
	flow: string,
	before?: () => Promise<string>,
): Promise<IDataObject> {
	const { api } = context;
	let trigger: unknown;
	// a run in progress does not prevent the activation of a scheduled or event flow
	const isActivation = () => trigger === 'Scheduled' || trigger === 'Event';
	const result = await startRun(context, {
		...followedExecutions(api, flow),
		flow,
		idOf,
		latest: async (isRefused) => {
			if (!isRefused) {
				const described = await api.describeFlow(flow);
				trigger = triggerTypeIn(described);
				if (!hasRunInProgress(described)) return undefined;
			}
			return isActivation() ? undefined : await runInProgress(api, flow);
		},
		start: async (token) => {
			const done = await before?.();
			const started = await api.startFlow(flow, token).catch(asOperationError);
			if (!(started instanceof OperationError)) return started;
			const description = [done, startAdvice(started, isActivation())].filter(Boolean);
			throw started.withDescription(description.join(' '));
		},
		isActivation,
	});
	if (isActivation() && context.parameters.flag('waitForCompletion')) {
		context.run.warnings.push(
			`Flow "${flow}" was activated, and its ${trigger === 'Event' ? 'events start' : 'schedule starts'} its runs, so the node did not wait for a run. To continue after each run, use the Amazon AppFlow Trigger. [Item ${context.item}]`,
		);
	}
	return result;
}
