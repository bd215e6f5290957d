// npm run drift -- [--appflow FOLDER] [--diga FILE|URL]
// Compares what this package knows of AppFlow with the newest @aws-sdk/client-appflow on npm, or with the package in a
// folder; and the contract of Diga with a published OpenAPI document. Prints what is new, gone or changed.
// The exit code is 1 if anything differs. Reads dist/, so build first.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type * as Connectors from '../../nodes/AmazonAppFlow/flowDefinition/connectors/connectors.ts';
import type * as Model from '../../nodes/AmazonAppFlow/flowDefinition/schema/model.ts';
import { openapiFacts } from '../contract/openapiFacts.ts';
import { documentsIn, textOf } from '../contract/published.ts';
import { driftOf, report } from './compare.ts';
import type { Drift } from './compare.ts';
import { digaDrift } from './diga.ts';
import { ownTables, sdkTables } from './flowDefinition.ts';
import { ownModel, sdkModel } from './model.ts';
import type { Sdk } from './sdk.ts';

const CLIENT = '@aws-sdk/client-appflow';
const load = createRequire(import.meta.url);
const built = join(import.meta.dirname, '../../dist/nodes/AmazonAppFlow/flowDefinition');

const { values: options } = parseArgs({
	options: { appflow: { type: 'string' }, diga: { type: 'string' } },
});

/** Installs the newest client into a folder. @returns the folder of the client */
async function newestClient(folder: string): Promise<string> {
	await writeFile(join(folder, 'package.json'), '{"private":true}');
	const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
	execFileSync('npm', ['install', ...flags, `${CLIENT}@latest`], {
		cwd: folder,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	return join(folder, 'node_modules', CLIENT);
}

/** Prints a comparison. @returns how many lines differ */
function show(title: string, drift: Drift): number {
	const lines = report(drift);
	console.log(`\n${title}: ${lines.length === 0 ? 'no differences' : `${lines.length} differ`}`);
	for (const line of lines) console.log(`  ${line}`);
	return lines.length;
}

async function compareAppFlow(folder: string): Promise<number> {
	const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
		version: string;
	};
	const sdk = load(folder) as Sdk;
	const { connectors } = load(join(built, 'connectors/connectors.js')) as typeof Connectors;
	const { createFlowShape } = load(join(built, 'schema/model.js')) as typeof Model;
	const client = `${CLIENT} ${version}`;
	return (
		show(
			`test/fixtures/appflowConstraints.json, with ${client}`,
			driftOf(ownModel(), sdkModel(sdk)),
		) +
		show(
			`nodes/AmazonAppFlow/flowDefinition, with ${client}`,
			driftOf(ownTables({ connectors, createFlowShape }), sdkTables(sdk)),
		)
	);
}

let differences = 0;
const work = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-drift-'));
try {
	const folder =
		options.appflow === undefined ? await newestClient(work) : resolve(options.appflow);
	differences += await compareAppFlow(folder);
	if (options.diga !== undefined) {
		const published = documentsIn(await textOf(options.diga)).flatMap(openapiFacts);
		differences += show(
			`test/sandbox/contract/diga.yaml, with ${options.diga}`,
			digaDrift(published),
		);
	}
} finally {
	await rm(work, { recursive: true });
}
console.log(`\n${differences} differences`);
process.exitCode = differences === 0 ? 0 : 1;
