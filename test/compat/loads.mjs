// Loads every node and credential of the built package in the Node that runs this: node test/compat/loads.mjs
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

for (const file of [...n8n.nodes, ...n8n.credentials]) {
	const [Type] = Object.values(require(join(root, file)));
	const { description, properties } = new Type();
	if (!(description?.properties ?? properties)?.length) throw new Error(`${file} has no fields`);
}
console.log(`Node ${process.versions.node} loads ${n8n.nodes.length} nodes`);
