// Lints sources that are in no file. Standard input: [{ file, source }] as JSON, each file with a path from the root.
// Standard output: for each of them, the messages of the rules in eslint.imports.mjs.
import { json } from 'node:stream/consumers';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { importRules } from '../../eslint.imports.mjs';

const root = join(import.meta.dirname, '../..');
const rules = new Set(importRules.flatMap((config) => Object.keys(config.rules)));
const eslint = new ESLint({
	cwd: root,
	// types are not needed here, and would take seconds
	overrideConfig: {
		...tseslint.configs.disableTypeChecked,
		languageOptions: { parserOptions: { project: null } },
	},
});

const found = [];
for (const { file, source } of await json(process.stdin)) {
	const [result] = await eslint.lintText(source, { filePath: join(root, file) });
	found.push(
		result.messages
			.filter(({ ruleId, fatal }) => fatal || rules.has(ruleId))
			.map(({ message }) => message),
	);
}
console.log(JSON.stringify(found));
