// Holds the package to the gate that n8n holds verified nodes to: its own scanner,
// over the sources and over what is packed, with inline exceptions switched off.
// (The scanner's command also asks npm for the provenance of a published version; here nothing is published yet.)
import { mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '../node_modules/@n8n/scan-community-package/scanner/scanner.mjs';

const root = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'n8n-nodes-dataflows-scan-'));
try {
	const [{ filename }] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], {
			cwd: root,
		}),
	);
	execFileSync('tar', ['-xzf', filename], { cwd: work });

	const scans = [
		['the sources', root, SOURCE_FILE_PATTERNS],
		['the packed package', join(work, 'package'), ['**/*.js', 'package.json']],
	];
	for (const [what, folder, patterns] of scans) {
		const { passed, message, details } = await analyzePackage(folder, patterns);
		console.log(
			passed ? `n8n's package scanner passes ${what}` : `${message} in ${what}\n${details}`,
		);
		if (!passed) process.exitCode = 1;
	}
} finally {
	rmSync(work, { recursive: true });
}
