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
import { portablePropertiesTest } from './methods/credentialTest';
import { destinationForm, sourceChangeForm, sourceForm } from './methods/resourceMapping';
import { portable } from './service';

export class Portable implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Portable',
		name: 'portable',
		icon: { light: 'file:../../icons/portable.svg', dark: 'file:../../icons/portable.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Create sources, destinations and data flows in Portable, and run them',
		defaults: { name: 'Portable' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'portableApi', required: true },
			{
				name: 'portablePropertiesApi',
				displayName: 'Secret Properties',
				required: true,
				testedBy: 'portablePropertiesTest',
				displayOptions: { show: { addSecretProperties: [true] } },
			},
		],
		properties: describe(portable.resources),
	};

	methods = {
		credentialTest: { portablePropertiesTest },
		listSearch: listSearchOf(portable.resources),
		resourceMapping: { destinationForm, sourceChangeForm, sourceForm },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, portable);
	}
}
