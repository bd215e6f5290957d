// The generated pages of docs/.
import { createRequire } from 'node:module';
import type { INodeType } from 'n8n-workflow';
import { basename, join } from 'node:path';
import { referencePage } from './reference.ts';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** A node from the build. */
function built(file: string): INodeType {
	const classes = require(join(root, 'dist/nodes', `${file}.node.js`)) as Record<
		string,
		new () => INodeType
	>;
	const Class = classes[basename(file)];
	if (!Class) throw new Error(`${file} does not export what it is named after`);
	return new Class();
}

const services = [
	['portable', 'Portable/Portable'],
	['diga', 'Diga/Diga'],
	['appflow', 'AmazonAppFlow/AmazonAppFlow'],
] as const;

/** The generated pages, as they must be now; needs a build. */
export function generatedPages(): Array<{ file: string; text: string }> {
	return services.map(([name, node]) => ({
		file: join(root, `docs/reference/${name}.md`),
		text: referencePage(built(node).description, built(`${node}Trigger`).description, `${name}.md`),
	}));
}
