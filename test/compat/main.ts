// npm run test:compat -- 2.20.12 ...: installs these versions of n8n, or all of versions.ts, runs the scenarios in each,
// and stores the results. `--keep` keeps what was installed.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxCredentials } from '../e2e/examples.ts';
import { command, pack, RealN8n } from '../e2e/n8n.ts';
import { startAll } from '../sandbox/all.ts';
import { installN8n, uninstallN8n } from './install.ts';
import { resultFile, resultsFolder, updatePages } from './report.ts';
import type { Outcome, Result } from './report.ts';
import { Rest } from './rest.ts';
import { scenarios } from './scenarios.ts';
import type { Lab, Scenario } from './scenarios.ts';
import { versions } from './versions.ts';
import type { Version } from './versions.ts';

/** The limit of a scenario. */
const SECONDS = 300;

const LOADS = join(import.meta.dirname, 'loads.mjs');

async function runScenario({ run }: Scenario, lab: Lab): Promise<Outcome> {
	const { appflow, diga, portable } = lab.sandboxes;
	for (const sandbox of [appflow, diga, portable]) sandbox.reset();
	const late = pause(SECONDS * 1000, undefined, { ref: false }).then(() => {
		throw new Error(`It took longer than ${SECONDS} seconds`);
	});
	try {
		const note = await Promise.race([run(lab), late]);
		return { passed: true, ...(note && { note }) };
	} catch (error) {
		const text = error instanceof Error ? error.message : String(error);
		return { passed: false, note: text.replace(/\s+/g, ' ').slice(0, 300) };
	}
}

/** Runs all scenarios in a version of n8n. */
async function runVersion(version: Version, tarball: string, folder: string): Promise<Result> {
	const program = await installN8n(version);
	const node = (await command(program.node, ['--version'])).trim().replace(/^v/, '');
	console.log(`  ${(await command(program.node, [LOADS])).trim()}`);
	const { stop, ...sandboxes } = await startAll();
	const n8n = new RealN8n(folder, { program });
	try {
		await n8n.install(tarball);
		await n8n.start();
		const rest = new Rest(n8n.url, await n8n.signIn(), version);
		const credentials: Lab['credentials'] = {};
		for (const { name, type, data } of sandboxCredentials(sandboxes)) {
			credentials[type] = await rest.addCredential(name, type, data);
		}
		const outcomes: Result['scenarios'] = {};
		for (const scenario of scenarios) {
			const outcome = await runScenario(scenario, { rest, sandboxes, credentials });
			console.log(
				`  ${outcome.passed ? 'passed' : 'FAILED'}  ${scenario.name}${outcome.note ? `: ${outcome.note}` : ''}`,
			);
			outcomes[scenario.name] = outcome;
		}
		const date = new Date().toISOString().slice(0, 10);
		return { n8n: version.n8n, node, date, scenarios: outcomes };
	} finally {
		await n8n.stop();
		await stop();
	}
}

const args = process.argv.slice(2);
const keep = args.includes('--keep');
const named = args.filter((one) => !one.startsWith('--'));
const unknown = named.filter((one) => !versions.some(({ n8n }) => n8n === one));
if (unknown.length > 0) {
	console.error(
		`test/compat/versions.ts does not have ${unknown.join(', ')}. It has ${versions.map(({ n8n }) => n8n).join(', ')}.`,
	);
	process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-compat-'));
let failed = 0;
try {
	const tarball = await pack(folder);
	await mkdir(resultsFolder, { recursive: true });
	for (const version of versions.filter(({ n8n }) => named.length === 0 || named.includes(n8n))) {
		console.log(`n8n ${version.n8n} on Node ${version.node} ...`);
		const result = await runVersion(version, tarball, join(folder, version.n8n));
		await writeFile(resultFile(version.n8n), `${JSON.stringify(result, undefined, '\t')}\n`);
		failed += Object.values(result.scenarios).filter(({ passed }) => !passed).length;
		if (!keep) await uninstallN8n(version);
	}
	await updatePages();
} finally {
	await rm(folder, { recursive: true, force: true });
}
console.log(failed === 0 ? 'All scenarios passed.' : `${failed} scenarios failed.`);
process.exit(failed === 0 ? 0 : 1);
