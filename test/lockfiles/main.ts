// npm run lint:lockfiles: checks every lockfile of the repository.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { problemsIn } from './problems.ts';
import type { Lockfile, Manifest } from './problems.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

const files = globSync('{.,test/*,test/*/*}/package-lock.json', {
	cwd: root,
	exclude: (path) => path.includes('node_modules'),
});
for (const file of files) {
	const manifest = read(join(dirname(file), 'package.json')) as Manifest;
	const problems = problemsIn(read(file) as Lockfile, manifest);
	for (const problem of problems) console.log(`${file}: ${problem}`);
	if (problems.length > 0) process.exitCode = 1;
}
console.log(`${files.length} lockfiles checked`);
