// Imports types only: n8n loads this file from a folder without packages.
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

/** Creates sources as most nodes do: one item after another, in a for loop. */
export class OneByOne implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Bench One by One',
		name: 'oneByOne',
		group: ['transform'],
		version: 1,
		description: 'Creates one source after another',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'portableApi', required: true }],
		properties: [{ displayName: 'Display Name', name: 'displayName', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outputs: INodeExecutionData[] = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			const created: unknown = await this.helpers.httpRequestWithAuthentication.call(
				this,
				'portableApi',
				{
					method: 'POST',
					url: '/v2/sources',
					body: {
						sourceSpec: 'google_calendar',
						displayName: this.getNodeParameter('displayName', item),
						properties: { email: 'jo@example.com' },
					},
				},
			);
			outputs.push({ json: { created } as INodeExecutionData['json'], pairedItem: { item } });
		}
		return [outputs];
	}
}
