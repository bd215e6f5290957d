// Makes the lockfile of the packages anew: needs npm's registry, and is done when their dependencies change.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servicePackages } from './catalog.ts';
import { currentVersion, json, LOCKFILE, manifestOf, root } from './manifest.ts';

export async function writeLockfile(): Promise<void> {
	const [info] = servicePackages;
	if (!info) return;
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-lockfile-'));
	try {
		await writeFile(join(folder, 'package.json'), json(manifestOf(info, currentVersion)));
		await copyFile(join(root, '.npmrc'), join(folder, '.npmrc'));
		const args = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
		execFileSync('npm', args, { cwd: folder, stdio: 'inherit' });
		await writeFile(LOCKFILE, await readFile(join(folder, 'package-lock.json')));
	} finally {
		await rm(folder, { recursive: true });
	}
}
