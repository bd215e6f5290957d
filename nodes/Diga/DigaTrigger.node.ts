import { NodeConnectionTypes, updateDisplayOptions } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { asDeclared } from '../engine/input/field';
import { pollRuns } from '../engine/trigger/pollingTrigger';
import { eventField, outcomeField, resourceFields } from '../engine/trigger/watchFields';
import { getAgents } from './pickers/agent';
import { getFlows } from './pickers/flow';
import { callFields, callTrigger } from './callTrigger';
import { runTrigger } from './runTrigger';

const CALL_FINISHED = 'callFinished';

/** Executions are the default: workflows without the parameter were made before there was a choice. */
const properties = [
	eventField(runTrigger.fields, [
		{
			name: 'Call Finished',
			value: CALL_FINISHED,
			description: 'Runs the workflow once for each finished call, with or without its transcript',
		},
	]),
	...updateDisplayOptions({ show: { event: ['runFinished'] } }, [
		...resourceFields(runTrigger.fields),
		outcomeField(runTrigger.fields),
	]),
	...updateDisplayOptions({ show: { event: [CALL_FINISHED] } }, callFields),
];

export class DigaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Diga Trigger',
		name: 'digaTrigger',
		icon: { light: 'file:../../icons/diga.svg', dark: 'file:../../icons/diga.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["event"] === "callFinished" ? "calls" : "executions: " + $parameter["outcome"] }}',
		description:
			'Starts the workflow once for each finished execution of a Diga flow, or each finished call',
		defaults: { name: 'Diga Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'digaApi', required: true }],
		properties: properties.map(asDeclared),
	};

	methods = { loadOptions: { getAgents, getFlows } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const isOnCalls = this.getNodeParameter('event', 'runFinished') === CALL_FINISHED;
		return isOnCalls ? await pollRuns(this, callTrigger) : await pollRuns(this, runTrigger);
	}
}
