import { NodeConnectionTypes, updateDisplayOptions } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { triggerFields } from '../engine/trigger/alarmFields';
import { pollEvent, subtitleOf } from '../engine/trigger/pollEvent';
import { pollRuns } from '../engine/trigger/pollingTrigger';
import { getAgents } from './pickers/agent';
import { getFlows } from './pickers/flow';
import { callFields, callTrigger } from './callTrigger';
import { runTrigger } from './runTrigger';

const CALL_FINISHED = 'callFinished';

const properties = triggerFields(runTrigger.fields, {
	events: [
		{
			name: 'Call Finished',
			value: CALL_FINISHED,
			description: 'Runs the workflow once for each finished call, with or without its transcript',
		},
	],
	fields: updateDisplayOptions({ show: { event: [CALL_FINISHED] } }, callFields),
});

export class DigaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Diga Trigger',
		name: 'digaTrigger',
		icon: { light: 'file:../../icons/diga.svg', dark: 'file:../../icons/diga.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOf('executions'),
		description:
			'Starts the workflow once for each finished execution of a Diga flow or each finished call, or when a flow has no successful execution or is deactivated',
		defaults: { name: 'Diga Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'digaApi', required: true }],
		properties,
	};

	methods = { loadOptions: { getAgents, getFlows } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const isOnCalls = this.getNodeParameter('event', 'runFinished') === CALL_FINISHED;
		return isOnCalls ? await pollRuns(this, callTrigger) : await pollEvent(this, runTrigger);
	}
}
