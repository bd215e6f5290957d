// Builds a package in a folder outside of this repository, with the compiler of this repository: seconds instead of the
// minutes of an installation. `npm run packages:check` builds it with its own tools.
import { execFileSync } from 'node:child_process';
import { cp, glob, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ServicePackage } from './catalog.ts';
import { root } from './manifest.ts';
import { packOf } from './pack.ts';
import { writePackage } from './tree.ts';

/** @returns the path of the tarball, in the same folder */
export async function buildPackage(info: ServicePackage, folder: string): Promise<string> {
	const modules = join(folder, 'node_modules');
	await writePackage(info, folder);
	await symlink(join(root, 'node_modules'), modules);
	execFileSync(join(root, 'node_modules/.bin/tsc'), ['--noCheck'], { cwd: folder, stdio: 'pipe' });
	// what n8n-node build copies
	for await (const file of glob('{icons/*.svg,nodes/**/__schema__/**/*.json}', { cwd: folder })) {
		await mkdir(join(folder, 'dist', dirname(file)), { recursive: true });
		await cp(join(folder, file), join(folder, 'dist', file));
	}
	await rm(modules);
	return await packOf(folder, folder);
}
