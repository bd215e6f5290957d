// npm run packages: writes the package of each service into packages-out/, or of those that are named.
//   npm run packages -- n8n-nodes-diga --version 1.2.3    one package, as a release has it
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { servicePackages } from './catalog.ts';
import { root } from './manifest.ts';
import { writePackage } from './tree.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { version: { type: 'string' } },
});

const names = servicePackages.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
	console.error(`There is no package ${unknown.join(', ')}. The packages are ${names.join(', ')}`);
	process.exit(2);
}

for (const info of servicePackages) {
	if (positionals.length > 0 && !positionals.includes(info.name)) continue;
	await writePackage(info, join(root, 'packages-out', info.name), values.version);
	console.log(`packages-out/${info.name}`);
}
