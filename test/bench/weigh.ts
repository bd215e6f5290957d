import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { command, root } from '../e2e/n8n.ts';
import type { Loaded } from './loadPackage.ts';
import { Helper } from './helper.ts';
import { median } from './median.ts';

const LOADS = 5;

/** The size of the package in an n8n. */
export interface Weight {
	packageLoadMs: number;
	tarballBytes: number;
	/** By node: the nodes of this package, and the largest of n8n, for AWS and overall. */
	descriptionBytes: Record<string, number>;
	n8nDescriptionBytes: { aws: Heaviest; all: Heaviest };
}

interface Heaviest {
	node: string;
	bytes: number;
}

/** The descriptions of n8n's nodes, as n8n sends them to the editor. */
async function heaviest(isWanted: (name: string) => boolean): Promise<Heaviest> {
	const file = join(root, 'test/e2e/node_modules/n8n-nodes-base/dist/types/nodes.json');
	const descriptions = JSON.parse(await readFile(file, 'utf8')) as Array<{ name: string }>;
	const [first] = descriptions
		.filter(({ name }) => isWanted(name))
		.map((one) => ({ node: one.name, bytes: Buffer.byteLength(JSON.stringify(one)) }))
		.sort((a, b) => b.bytes - a.bytes);
	if (!first) throw new Error(`${file} has no such node`);
	return first;
}

/** @param folder in which to unpack the tarball */
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
		n8nDescriptionBytes: {
			aws: await heaviest((name) => name.startsWith('aws')),
			all: await heaviest(() => true),
		},
	};
}
