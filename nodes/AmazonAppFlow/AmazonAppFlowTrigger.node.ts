import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { triggerFields } from '../engine/trigger/alarmFields';
import { pollEvent, subtitleOf } from '../engine/trigger/pollEvent';
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
		subtitle: subtitleOf('runs'),
		description:
			'Starts the workflow once for each finished run of an Amazon AppFlow flow, or when a flow has no successful run or is deactivated',
		defaults: { name: 'Amazon AppFlow Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'amazonAppFlowApi', required: true }],
		properties: triggerFields(runTrigger.fields),
	};

	methods = { loadOptions: { getFlows } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvent(this, runTrigger);
	}
}
