import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { command, root } from '../e2e/n8n.ts';
import type { Loaded } from './loadPackage.ts';
import { Helper } from './helper.ts';
import { median } from './median.ts';

const LOADS = 5;

/** How much the package weighs on an n8n. */
export interface Weight {
	packageLoadMs: number;
	tarballBytes: number;
	descriptionBytes: Record<string, number>;
}

/** @param folder where to unpack the tarball */
export async function weigh(tarball: string, folder: string): Promise<Weight> {
	await command('tar', ['-xzf', tarball, '-C', folder]);
	const loads: Loaded[] = [];
	for (let load = 0; load < LOADS; load++) {
		const helper = new Helper('loadPackage.ts', [join(folder, 'package')], {
			NODE_PATH: join(root, 'node_modules'),
		});
		loads.push(await helper.answer<Loaded>());
		await helper.end();
	}
	return {
		packageLoadMs: median(loads.map(({ loadMs }) => loadMs)),
		tarballBytes: (await stat(tarball)).size,
		descriptionBytes: loads[0]?.descriptionBytes ?? {},
	};
}
