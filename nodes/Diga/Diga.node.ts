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
import { digaConnectionValueTest } from './methods/credentialTest';
import { actionForm, triggerForm } from './methods/resourceMapping';
import { getAgents } from './pickers/agent';
import { diga } from './service';

export class Diga implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Diga',
		name: 'diga',
		icon: { light: 'file:../../icons/diga.svg', dark: 'file:../../icons/diga.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Build, publish and monitor flows of Diga voice agents',
		defaults: { name: 'Diga' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'digaApi', required: true },
			{
				name: 'digaConnectionValueApi',
				displayName: 'Connection Value',
				required: true,
				testedBy: 'digaConnectionValueTest',
				displayOptions: {
					show: { resource: ['connection', 'template'], valueFrom: ['credential'] },
				},
			},
		],
		properties: describe(diga.resources),
	};

	methods = {
		credentialTest: { digaConnectionValueTest },
		listSearch: listSearchOf(diga.resources),
		loadOptions: { getAgents },
		resourceMapping: { actionForm, triggerForm },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, diga);
	}
}
