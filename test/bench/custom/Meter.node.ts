// Imports types only: n8n loads this file from a folder without packages.
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import type { Running } from './Items.node.ts';

/** Ends the measurement that Items.node.ts started, and outputs what the n8n process used. */
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
