// npm run move-workflow -- FILE [--to single|all-in-one] [--write]: see docs/packages.md.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ALL_IN_ONE } from './catalog.ts';
import { moveWorkflow } from './moveWorkflow.ts';

const USAGE = `npm run --silent move-workflow -- FILE [--to single|all-in-one] [--write]

Moves the nodes of a workflow from ${ALL_IN_ONE} to the packages of one service each, or back.
  --to     single (the default): the packages of one service each. all-in-one: ${ALL_IN_ONE}
  --write  changes FILE. Otherwise the moved workflow is the output.`;

/** Arguments and files that cannot be used. */
function refuse(message: string): never {
	console.error(message);
	process.exit(2);
}

function readArguments() {
	try {
		return parseArgs({
			allowPositionals: true,
			options: {
				to: { type: 'string', default: 'single' },
				write: { type: 'boolean', default: false },
				help: { type: 'boolean', short: 'h', default: false },
			},
		});
	} catch (error) {
		return refuse(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
	}
}

const { values, positionals } = readArguments();
if (values.help) {
	console.log(USAGE);
	process.exit(0);
}
const [file] = positionals;
if (!file || positionals.length > 1) refuse(`Name one file.\n\n${USAGE}`);
if (values.to !== 'single' && values.to !== 'all-in-one') {
	refuse(`--to is single or all-in-one, not "${values.to}".\n\n${USAGE}`);
}

const text = await readFile(file, 'utf8').catch((error: unknown) =>
	refuse(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`),
);
try {
	const { text: result, moved, kept } = moveWorkflow(text, values.to);
	const already = kept.length > 0 ? `, ${kept.length} already there` : '';
	console.error(
		moved.length > 0
			? `Moved ${moved.length}${already}: ${moved.join(', ')}`
			: `Nothing to move: the file has no nodes of ${values.to === 'single' ? ALL_IN_ONE : 'the packages of one service each'}${already}`,
	);
	if (!values.write) process.stdout.write(result);
	else if (moved.length > 0) await writeFile(file, result);
} catch (error) {
	refuse(`${file} was not moved. ${error instanceof Error ? error.message : String(error)}`);
}
