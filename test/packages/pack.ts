// Packs a package.
import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param folder a built package
 * @param into the folder of the tarball
 * @returns the path of the tarball
 */
export async function packOf(folder: string, into: string): Promise<string> {
	const target = await mkdtemp(join(into, 'pack-'));
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', target];
	const printed = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
	const [packed] = JSON.parse(printed) as [{ filename: string }];
	return join(target, packed.filename);
}
