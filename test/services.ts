// The nodes and services of the package, as package.json registers them, from their sources.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import type { Service } from '../nodes/engine/operation.ts';

export const root = join(import.meta.dirname, '..');

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	files: string[];
	dependencies?: object;
	overrides?: object;
	peerDependencies: object;
	scripts: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
};

/** The sources of the nodes from the root, without their ending, e.g. `nodes/Diga/DigaTrigger.node`. */
export const nodeSources = manifest.n8n.nodes.map((file) =>
	file.replace(/^dist\//, '').replace(/\.js$/, ''),
);

const require = createRequire(import.meta.url);

/** What a source exports first: these files export one value. */
function exported(source: string): unknown {
	return Object.values(require(join(root, `${source}.ts`)) as object)[0];
}

/** All nodes, triggers included. */
export const nodes = nodeSources.map((source) => new (exported(source) as new () => INodeType)());

/** The services by the folder of their node, e.g. `AmazonAppFlow`. */
export const services = Object.fromEntries(
	[...new Set(nodeSources.map(dirname))].map((folder) => [
		basename(folder),
		exported(join(folder, 'service')) as Service<unknown>,
	]),
);
