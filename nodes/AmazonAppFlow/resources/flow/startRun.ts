import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../../../engine/errors';
import { startRun } from '../../../engine/runs/startRun';
import type { OperationContext } from '../../../engine/operation';
import { isObject } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { errorsOf, hasSucceeded, idOf, isOver, isRunning, stateOf } from '../../api/execution';

function triggerOf({ triggerConfig }: IDataObject): unknown {
	return isObject(triggerConfig) ? triggerConfig.triggerType : undefined;
}

/** The flow tells of its last run, so that the records are read only when there is one. */
function hasRunInProgress({ lastRunExecutionDetails: last }: IDataObject): boolean {
	return isObject(last) && isRunning(last.mostRecentExecutionStatus);
}

async function running(api: AmazonAppFlowApi, flow: string): Promise<IDataObject | undefined> {
	const isInProgress = ({ executionStatus }: IDataObject) => isRunning(executionStatus);
	return (await api.executionRecords(flow, Infinity, isInProgress)).find(isInProgress);
}

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_StartFlow.html, ConflictException */
const CONFLICT = 409;

/** What to do when a flow cannot be started; the service's own advice is about creates as well. */
function adviceOn({ details }: OperationError, needsActivation: boolean): string | undefined {
	if (details.status !== CONFLICT) return details.description;
	return needsActivation
		? 'The flow is active already, or it is being changed or deleted. See its flowStatus with Flow > Get.'
		: 'The flow is running, or it is being changed or deleted. See its runs with Flow > Get Runs.';
}

/** @throws Fault when AppFlow lists the run among those that it could not cancel */
async function cancelRun(api: AmazonAppFlowApi, flow: string, id: string): Promise<void> {
	const { invalidExecutions } = await api.cancelExecutions(flow, [id]);
	const invalid: unknown[] = Array.isArray(invalidExecutions) ? invalidExecutions : [];
	if (!invalid.includes(id)) return;
	throw new OperationError('Amazon AppFlow lists it as invalid', { fromService: true });
}

/**
 * Runs a flow that runs on demand, and waits for it if so chosen; activates any other, which leaves nothing to wait for.
 * @param before what is to be done while the flow is not running, right before it is started; gives a sentence on
 *   what is done by then, for the user to know when the start fails
 * @returns the answer to the start, or the record of the run
 */
export async function startFlow(
	context: OperationContext<AmazonAppFlowApi>,
	flow: string,
	before?: () => Promise<string>,
): Promise<IDataObject> {
	const { api } = context;
	let trigger: unknown;
	// a run keeps no flow from being activated that runs by itself
	const needsActivation = () => trigger === 'Scheduled' || trigger === 'Event';
	return await startRun(context, {
		service: 'Amazon AppFlow',
		flow,
		idOf,
		latest: async (isRefused) => {
			if (!isRefused) {
				const described = await api.describeFlow(flow);
				trigger = triggerOf(described);
				if (!hasRunInProgress(described)) return undefined;
			}
			return needsActivation() ? undefined : await running(api, flow);
		},
		start: async (token) => {
			const done = await before?.();
			const started = await api.startFlow(flow, token).catch(asOperationError);
			if (!(started instanceof OperationError)) return started;
			const words = [done, adviceOn(started, needsActivation())].filter(Boolean);
			throw started.withDescription(words.join(' '));
		},
		isActivation: needsActivation,
		// the run need not be on the first page: in which order they come is not documented
		fetch: async (id) => {
			const isIt = (record: IDataObject) => idOf(record) === id;
			return (await api.executionRecords(flow, Infinity, isIt)).find(isIt);
		},
		isOver,
		hasSucceeded,
		stateOf,
		errorsOf,
		cancel: async (id) => {
			await cancelRun(api, flow, String(id));
		},
	});
}
