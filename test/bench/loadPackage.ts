// Loads a package as n8n does, in a process of its own. Started by weigh.ts with the package's folder as argument.
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

export interface Loaded {
	/** To load all nodes and credentials, with n8n-workflow in memory already, as it is in n8n; in ms. */
	loadMs: number;
	/** What n8n keeps and sends to each editor, by node. */
	descriptionBytes: Record<string, number>;
}

interface Manifest {
	n8n: { nodes: string[]; credentials: string[] };
}

type Classes = Record<string, new () => { description?: { name: string } }>;

function load(folder: string): Loaded {
	const require = createRequire(join(folder, 'package.json'));
	const { n8n } = require('./package.json') as Manifest;
	require('n8n-workflow');
	const started = performance.now();
	const made = [...n8n.nodes, ...n8n.credentials].map((file) => {
		// n8n's convention: the class is named as its file
		const Class = (require(`./${file}`) as Classes)[basename(file).split('.')[0] ?? ''];
		if (!Class) throw new Error(`${file} does not export what it is named after`);
		return new Class();
	});
	const loadMs = performance.now() - started;
	const descriptions = made.flatMap(({ description }) => description ?? []);
	return {
		loadMs,
		descriptionBytes: Object.fromEntries(
			descriptions.map((one) => [one.name, Buffer.byteLength(JSON.stringify(one))]),
		),
	};
}

process.send?.(load(process.argv[2] ?? ''));
