// npm run compose: fills .compose/ with what compose.yaml mounts: the packed package, and credentials for the sandboxes.
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pack, root } from '../e2e/n8n.ts';
import { composeCredentials } from './credentials.ts';

const folder = join(root, '.compose');

console.log('Building and packing the package ...');
await rename(await pack(folder), join(folder, 'package.tgz'));
// the container's user reads it; the secrets are those of the sandboxes
await writeFile(
	join(folder, 'credentials.json'),
	JSON.stringify(composeCredentials(), undefined, '\t'),
);
console.log('Start n8n with: docker compose up');
console.log('Run the main job in it with: npm run compose:job');
