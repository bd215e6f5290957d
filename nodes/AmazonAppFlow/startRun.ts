import type { IDataObject } from 'n8n-workflow';
import { asFault, Fault } from '../engine/fault';
import { startAndFollow } from '../engine/follow';
import type { Call } from '../engine/operation';
import { isObject } from '../engine/values';
import type { AmazonAppFlowApi } from './AmazonAppFlowApi';
import { errorsOf, hasSucceeded, idOf, isOver, isRunning, stateOf } from './execution';

/** A run keeps no flow from being activated that runs by itself. */
function tellsOfRun({ triggerConfig, lastRunExecutionDetails: last }: IDataObject): boolean {
	const { triggerType } = isObject(triggerConfig) ? triggerConfig : {};
	return triggerType === 'OnDemand' && isObject(last) && isRunning(last.mostRecentExecutionStatus);
}

/**
 * The run that is going on. The flow tells of its last run, so that the records are read only when there is one.
 * @param isCertain there is one, although the flow may not tell of it yet
 */
async function running(
	api: AmazonAppFlowApi,
	flow: string,
	isCertain: boolean,
): Promise<IDataObject | undefined> {
	if (!isCertain && !tellsOfRun(await api.describeFlow(flow))) return undefined;
	const isGoingOn = ({ executionStatus }: IDataObject) => isRunning(executionStatus);
	return (await api.executionRecords(flow, Infinity, isGoingOn)).find(isGoingOn);
}

/**
 * Runs a flow that runs on demand, and waits for it if so chosen; activates any other, which leaves nothing to wait for.
 * @param before what is to be done while the flow is not running, right before it is started; gives a sentence on
 *   what is done by then, for the user to know when the start fails
 * @returns the answer to the start, or the record of the run
 */
export async function startRun(
	call: Call<AmazonAppFlowApi>,
	flow: string,
	before?: () => Promise<string>,
): Promise<IDataObject> {
	const { api } = call;
	return await startAndFollow<AmazonAppFlowApi, IDataObject>(call, {
		service: 'Amazon AppFlow',
		flow,
		idOf,
		latest: async (isRefused) => await running(api, flow, isRefused),
		start: async (_latest, token) => {
			const done = await before?.();
			const started = await api.startFlow(flow, token).catch(asFault);
			if (!(started instanceof Fault)) return started;
			if (done === undefined) throw started;
			throw started.describedAs([done, started.parts.description].filter(Boolean).join(' '));
		},
		// the run need not be on the first page: in which order they come is not documented
		look: async (id) => {
			const isIt = (record: IDataObject) => idOf(record) === id;
			return (await api.executionRecords(flow, Infinity, isIt)).find(isIt);
		},
		isOver,
		hasSucceeded,
		stateOf,
		errorsOf,
		cancel: async (id) => await api.cancelExecutions(flow, [String(id)]),
	});
}
