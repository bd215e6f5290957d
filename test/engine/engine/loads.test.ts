// The built package loads in every Node of this machine: the one of the tests, those on PATH, and those of test:compat.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const cache = join(root, '.cache/n8n');

const installed = existsSync(cache)
	? readdirSync(cache)
			.filter((name) => name.startsWith('node-'))
			.map((name) => join(cache, name, 'node_modules/.bin/node'))
	: [];
const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'));
const found = [process.execPath, ...onPath, ...installed].filter((file) => existsSync(file));
const programs = [...new Set(found.map((file) => realpathSync(file)))].map((file) => ({
	file,
	version: execFileSync(file, ['--version'], { encoding: 'utf8' }).trim(),
}));

it.each(programs)('all nodes and credentials load in Node $version', ({ file }) => {
	const printed = execFileSync(file, [join(root, 'test/compat/loads.mjs')], { encoding: 'utf8' });
	expect(printed).toMatch(/loads \d+ nodes/);
});
