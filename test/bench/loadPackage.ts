// Loads a package as n8n does, in a separate process. Started by weigh.ts with the folder of the package as argument.
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

export interface Loaded {
	/** Time to load all nodes and credentials in ms, with n8n-workflow already loaded, as in n8n. */
	loadMs: number;
	/** Size of the description that n8n keeps in memory and sends to each editor, by node. */
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
		// n8n's convention: a class has the name of its file
		const Class = (require(`./${file}`) as Classes)[basename(file).split('.')[0] ?? ''];
		if (!Class) throw new Error(`${file} does not export a class with its name`);
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
