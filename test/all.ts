// npm test: every check of this project, one after another; ends with one plain line, "N passed, N failed".
// `test/all.ts e2e` runs what is named alone.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test/results');

/** A check counts as one test, and a jest project as the tests it has. No part takes longer than its minutes. */
const parts: Array<{ name: string; script: string; jest?: boolean; minutes: number }> = [
	{ name: 'format', script: 'format:check', minutes: 3 },
	{ name: 'build', script: 'build', minutes: 3 },
	{ name: 'types', script: 'types', minutes: 5 },
	{ name: 'lint', script: 'lint', minutes: 10 },
	{ name: 'scan', script: 'lint:scan', minutes: 10 },
	{ name: 'unit', script: 'jest', jest: true, minutes: 5 },
	{ name: 'engine', script: 'jest', jest: true, minutes: 20 },
	{ name: 'engine-oldest', script: 'jest', jest: true, minutes: 15 },
	{ name: 'packages', script: 'packages:check', minutes: 15 },
	{ name: 'e2e', script: 'jest', jest: true, minutes: 20 },
];

interface Counts {
	passed: number;
	failed: number;
}

/** Runs a command in the foreground; ends it when it takes too long. @returns whether it succeeded */
async function run(args: string[], minutes: number): Promise<boolean> {
	const child = spawn('npm', args, {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		detached: true,
	});
	const late = setTimeout(() => {
		console.log(`It took longer than ${minutes} minutes and was ended.`);
		// the whole group: npm, its shell and what they started
		if (child.pid) process.kill(-child.pid, 'SIGKILL');
	}, minutes * 60_000);
	const forward = () => child.pid && process.kill(-child.pid, 'SIGTERM');
	process.once('SIGINT', forward).once('SIGTERM', forward);
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject).once('exit', resolve);
	});
	clearTimeout(late);
	process.off('SIGINT', forward).off('SIGTERM', forward);
	return code === 0;
}

async function runJest(project: string, minutes: number): Promise<Counts> {
	const file = join(results, `${project}.json`);
	await rm(file, { force: true });
	const args = [
		'exec',
		'--',
		'jest',
		'--config',
		'test/jest.config.mjs',
		'--selectProjects',
		project,
	];
	// each file of e2e has an n8n of its own, which wants the machine for itself
	const workers = project === 'e2e' ? 1 : 2;
	const settings = ['--json', `--outputFile=${file}`, `--maxWorkers=${workers}`];
	const succeeded = await run([...args, ...settings], minutes);
	const report = await readFile(file, 'utf8').then(
		(text) =>
			JSON.parse(text) as {
				numPassedTests: number;
				numFailedTests: number;
				numPendingTests: number;
				numRuntimeErrorTestSuites: number;
			},
		() => undefined,
	);
	const passed = report?.numPassedTests ?? 0;
	// a test that was skipped, and a file that did not load, have not passed
	const failed =
		(report?.numFailedTests ?? 0) +
		(report?.numPendingTests ?? 0) +
		(report?.numRuntimeErrorTestSuites ?? 0);
	return { passed, failed: failed === 0 && (!succeeded || passed === 0) ? 1 : failed };
}

const named = process.argv.slice(2);
const total: Counts = { passed: 0, failed: 0 };
const failures: string[] = [];
await mkdir(results, { recursive: true });

for (const { name, script, jest, minutes } of parts) {
	if (named.length > 0 && !named.includes(name)) continue;
	const started = Date.now();
	console.log(`\n== ${name}`);
	const { passed, failed } = jest
		? await runJest(name, minutes)
		: (await run(['run', '--silent', script], minutes))
			? { passed: 1, failed: 0 }
			: { passed: 0, failed: 1 };
	console.log(
		`== ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`,
	);
	total.passed += passed;
	total.failed += failed;
	if (failed > 0) failures.push(name);
}

console.log(failures.length > 0 ? `\nFailed: ${failures.join(', ')}` : '\nAll is well.');
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
