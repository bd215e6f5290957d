import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { command, program, root } from '../e2e/n8n.ts';
import type { Program } from '../e2e/n8n.ts';
import { newest } from './versions.ts';
import type { Version } from './versions.ts';

/** Where versions of n8n are installed: 3 GB each, not in git. */
const cache = join(root, '.cache/n8n');

/** A file beside node_modules of what was installed completely. */
const STAMP = 'installed';

const settings = ['--no-audit', '--no-fund', '--no-package-lock'];

/** Installs npm packages into a folder of the cache. */
async function install(folder: string, manifest: object, env = process.env): Promise<void> {
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }));
	await command('npm', ['install', ...settings], { cwd: folder, env });
}

/** Installs the newest release of a major version of Node. @returns the folder with the command `node` */
async function installNode(major: number): Promise<string> {
	const folder = join(cache, `node-${major}`);
	const bin = join(folder, 'node_modules/.bin');
	if (!existsSync(join(bin, 'node'))) {
		await install(folder, { dependencies: { node: String(major) } });
	}
	return bin;
}

/** Installs a version of n8n, with the Node that it needs, unless it is installed. Takes about 5 minutes. */
export async function installN8n({ n8n, node, overrides }: Version): Promise<Program> {
	if (n8n === newest) return program;
	const bin = await installNode(node);
	const folder = join(cache, n8n);
	const installed = { node: join(bin, 'node'), n8n: join(folder, 'node_modules/n8n/bin/n8n') };
	const stamp = join(folder, STAMP);
	if (existsSync(stamp)) return installed;
	// native modules are compiled for the Node that n8n runs on
	const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
	await install(folder, { dependencies: { n8n }, overrides }, env);
	await writeFile(stamp, '');
	return installed;
}

/** Removes an installed version. Node is kept. */
export async function uninstallN8n({ n8n }: Version): Promise<void> {
	const folder = join(cache, n8n);
	// first, so that a removal that is interrupted does not leave what seems to be installed
	await rm(join(folder, STAMP), { force: true });
	await rm(folder, { recursive: true, force: true });
}
