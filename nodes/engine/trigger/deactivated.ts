import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asOperationError, inputError, OperationError } from '../errors';
import { triggerFields } from './alarmFields';
import { alarmState, storeAlarmState } from './alarmState';
import { serverTimeMs } from './checkAll';
import { pollWith, selectedIds, watchingOf } from './pollingTrigger';
import type { ListedFlow, Poll, RunTrigger } from './runTrigger';

/** The flows to watch, as the service lists them. */
async function listFlows<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
): Promise<{ flows: ListedFlow[]; isComplete: boolean; missing: string | undefined }> {
	const { trigger, api } = poll;
	const chosen = selectedIds(poll)?.map(String);
	const list = await trigger.listFlows?.(api);
	if (!list) {
		const plural = trigger.fields.plural.toLowerCase();
		throw inputError(`${trigger.service.profile.service} does not offer a list of ${plural}`);
	}
	const isWatched = ({ id }: ListedFlow) => chosen?.includes(String(id)) ?? true;
	const flows = list.flows.filter(isWatched);
	const missing = chosen?.find((id) => !flows.some((flow) => String(flow.id) === id));
	return { flows, isComplete: list.isComplete, missing };
}

/** The output for a deactivated flow. Undefined if it was deleted. */
async function complete<Api, R extends IDataObject>(
	{ trigger, api }: Poll<Api, R>,
	{ id, flow }: ListedFlow,
): Promise<IDataObject | undefined> {
	if (!trigger.readFlow) return flow;
	const read = await trigger.readFlow(api, id).catch(asOperationError);
	if (!(read instanceof OperationError)) return read;
	if (read.details.status === 404) return undefined;
	throw read;
}

async function watch<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	data: IDataObject,
): Promise<INodeExecutionData[]> {
	// the marks are the flows that were active
	const state = alarmState(poll.key, data, watchingOf(poll, 'flowDeactivated'));
	const { flows, isComplete, missing } = await listFlows(poll);
	// a selected flow must exist when the watch starts
	if (state.since === undefined && isComplete && missing !== undefined) {
		const { fields, service } = poll.trigger;
		const identifier = fields.by === 'name' ? 'name' : 'ID';
		throw new OperationError(
			`${service.profile.service} has no ${fields.singular.toLowerCase()} with the ${identifier} ${missing}`,
			{ fromService: true, status: 404 },
		);
	}
	state.since ??= serverTimeMs(poll);
	const found: INodeExecutionData[] = [];
	for (const listed of flows) {
		const { id, isActive } = listed;
		const key = String(id);
		if (isActive === true) state.marks.set(key, { id, value: 1 });
		if (isActive !== false || !state.marks.has(key)) continue;
		const json = await complete(poll, listed).catch(asOperationError);
		if (json instanceof OperationError) {
			// a later poll reports the flow
			poll.context.logger.warn(`${key} was not read`, { message: json.message });
			continue;
		}
		state.marks.delete(key);
		if (json) found.push({ json });
	}
	if (isComplete) {
		const listed = new Set(flows.map(({ id }) => String(id)));
		for (const key of state.marks.keys()) if (!listed.has(key)) state.marks.delete(key);
	}
	storeAlarmState(poll.key, data, state);
	return found;
}

/** Returns a flow that is not active now, for a test in the editor. Does not store anything. */
async function sample<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
): Promise<INodeExecutionData[]> {
	const { flows } = await listFlows(poll);
	const inactive = flows.find(({ isActive }) => isActive === false);
	const json = inactive && (await complete(poll, inactive));
	if (json) return [{ json }];
	throw inputError(`None of the ${poll.trigger.fields.plural.toLowerCase()} is deactivated`);
}

/**
 * Runs one poll of a trigger node. Returns each flow that was active at an earlier poll and is not active any more.
 * @returns null if there are none
 * @throws NodeApiError or NodeOperationError; the state stays unchanged
 */
export async function pollDeactivated<Api, R extends IDataObject>(
	context: IPollFunctions,
	trigger: RunTrigger<Api, R>,
): Promise<INodeExecutionData[][] | null> {
	return await pollWith(context, trigger, triggerFields(trigger.fields), async (poll, isTest) => {
		if (isTest) return [await sample(poll)];
		const found = await watch(poll, context.getWorkflowStaticData('node'));
		return found.length > 0 ? [found] : null;
	});
}
