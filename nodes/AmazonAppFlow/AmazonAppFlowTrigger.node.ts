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

export class AmazonAppFlowTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Amazon AppFlow Trigger',
		name: 'amazonAppFlowTrigger',
		icon: {
			light: 'file:../../icons/amazonappflow.svg',
			dark: 'file:../../icons/amazonappflow.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ "runs: " + $parameter["outcome"] }}',
		description: 'Starts the workflow once for each finished run of an Amazon AppFlow flow',
		defaults: { name: 'Amazon AppFlow Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'amazonAppFlowApi', required: true }],
		properties: watchFields(runTrigger.fields),
	};

	methods = { loadOptions: { getFlows } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollRuns(this, runTrigger);
	}
}
