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

export class PortableTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Portable Trigger',
		name: 'portableTrigger',
		icon: { light: 'file:../../icons/portable.svg', dark: 'file:../../icons/portable.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOf('runs'),
		description:
			'Starts the workflow once for each finished run of a Portable flow, or when a flow has no successful run or is deactivated',
		defaults: { name: 'Portable Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'portableApi', required: true }],
		properties: triggerFields(runTrigger.fields),
	};

	methods = { loadOptions: { getFlows } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvent(this, runTrigger);
	}
}
