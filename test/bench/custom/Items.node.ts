// Only types are imported: this file is loaded by n8n from a folder where no package is.
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often the memory is looked at, in ms. */
const SAMPLE_MS = 10;

/** Where Meter.node.ts finds what was running before the node under test. */
export interface Running {
	cpu: NodeJS.CpuUsage;
	/** Bytes. */
	peakRss: number;
	sampling: NodeJS.Timeout;
}

/** Makes the items of a run, and starts to measure n8n's process. */
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
		// so that no way pays for the garbage of the way before it
		setFlagsFromString('--expose-gc');
		(runInNewContext('gc') as () => void)();

		// left over when the node under test failed
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
