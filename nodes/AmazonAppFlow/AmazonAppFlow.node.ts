import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { describe } from '../engine/node/describe';
import { execute } from '../engine/node/execute';
import { listSearchOf } from '../engine/node/listSearches';
import { sourceFieldMapping } from './methods/resourceMapping';
import { getFilterConditions, getFilterTypes } from './pickers/filterOptions';
import { amazonAppFlow } from './service';

export class AmazonAppFlow implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Amazon AppFlow',
		name: 'amazonAppFlow',
		icon: {
			light: 'file:../../icons/amazonappflow.svg',
			dark: 'file:../../icons/amazonappflow.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Create and run Amazon AppFlow flows that transfer data between applications and AWS',
		defaults: { name: 'Amazon AppFlow' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'amazonAppFlowApi', required: true }],
		properties: describe(amazonAppFlow.resources),
	};

	methods = {
		listSearch: listSearchOf(amazonAppFlow.resources),
		loadOptions: { getFilterConditions, getFilterTypes },
		resourceMapping: { sourceFieldMapping },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, amazonAppFlow);
	}
}
