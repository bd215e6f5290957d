// Holds a package to n8n's package scanner.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { analyzePackage, SOURCE_FILE_PATTERNS } from './scanner.mjs';

/**
 * Runs n8n's package scanner on the sources and on the tarball.
 * @throws with what the scanner found
 */
export async function scan(folder: string, tarball: string): Promise<void> {
	const unpacked = await mkdtemp(`${tarball}-`);
	try {
		execFileSync('tar', ['-xzf', tarball, '-C', unpacked]);
		const scans: Array<[what: string, folder: string, patterns: string[]]> = [
			['the sources', folder, SOURCE_FILE_PATTERNS],
			['the tarball', join(unpacked, 'package'), ['**/*.js', 'package.json']],
		];
		for (const [what, where, patterns] of scans) {
			const { passed, message, details } = await analyzePackage(where, patterns);
			if (!passed) throw new Error(`${message ?? ''} in ${what}\n${details ?? ''}`);
		}
	} finally {
		await rm(unpacked, { recursive: true });
	}
}
