// Imports types only: n8n loads this file from a folder without packages.
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Interval of memory measurements, in ms. */
const SAMPLE_MS = 10;

/** The measurement in progress, for Meter.node.ts. */
export interface Running {
	cpu: NodeJS.CpuUsage;
	/** In bytes. */
	peakRss: number;
	sampling: NodeJS.Timeout;
}

/** Creates the items of a run, and starts to measure the n8n process. */
export class Items implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Bench Items',
		name: 'items',
		group: ['transform'],
		version: 1,
		description: 'Makes items and starts to measure',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Count', name: 'count', type: 'number', default: 1 }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const count = Number(this.getNodeParameter('count', 0));
		const items = Array.from({ length: count }, (_, index) => ({
			json: { name: `Source ${index}` },
			pairedItem: { item: 0 },
		}));
		// so that the garbage of an earlier run does not count
		setFlagsFromString('--expose-gc');
		(runInNewContext('gc') as () => void)();

		// remains if the node under test failed
		const { benchRunning: before } = globalThis as { benchRunning?: Running };
		clearInterval(before?.sampling);
		const running: Running = {
			cpu: process.cpuUsage(),
			peakRss: process.memoryUsage.rss(),
			sampling: setInterval(() => {
				running.peakRss = Math.max(running.peakRss, process.memoryUsage.rss());
			}, SAMPLE_MS),
		};
		Object.assign(globalThis, { benchRunning: running });
		return await Promise.resolve([items]);
	}
}
