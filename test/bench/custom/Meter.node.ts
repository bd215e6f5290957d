// Only types are imported: this file is loaded by n8n from a folder where no package is.
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import type { Running } from './Items.node.ts';

/** Ends the measurement that Items.node.ts began; outputs what n8n's process used in between. */
export class Meter implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Bench Meter',
		name: 'meter',
		group: ['transform'],
		version: 1,
		description: 'Says what was used since the items were made',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { benchRunning } = globalThis as unknown as { benchRunning: Running };
		clearInterval(benchRunning.sampling);
		const { user, system } = process.cpuUsage(benchRunning.cpu);
		const json = {
			cpuMs: (user + system) / 1000,
			peakRssMb: Math.max(benchRunning.peakRss, process.memoryUsage.rss()) / 2 ** 20,
		};
		return await Promise.resolve([[{ json, pairedItem: { item: 0 } }]]);
	}
}
