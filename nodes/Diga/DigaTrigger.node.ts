import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { pollRuns } from '../engine/trigger/pollingTrigger';
import { watchFields } from '../engine/trigger/watchFields';
import { getFlows } from './pickers/flow';
import { runTrigger } from './runTrigger';

export class DigaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Diga Trigger',
		name: 'digaTrigger',
		icon: { light: 'file:../../icons/diga.svg', dark: 'file:../../icons/diga.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ "executions: " + $parameter["outcome"] }}',
		description: 'Starts the workflow once for each finished execution of a Diga flow',
		defaults: { name: 'Diga Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'digaApi', required: true }],
		properties: watchFields(runTrigger.fields),
	};

	methods = { loadOptions: { getFlows } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollRuns(this, runTrigger);
	}
}
