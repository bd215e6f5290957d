// A second n8n in a separate process, for tests of two processes that work at the same time.
// The parent sends workflows. The worker runs them in parallel in n8n's engine, and returns the output of the last node.
import { transformFileSync } from '@swc/core';
import Module, { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const options = { jsc: { target: 'es2022' }, module: { type: 'commonjs' } };

// TypeScript is compiled as jest does it
Module._extensions['.ts'] = (module, file) => {
	module._compile(transformFileSync(file, options).code, file);
};
// logs are checked in the process of the tests
globalThis.jest = { spyOn: () => ({ mockImplementation: () => ({ mockRestore() {} }) }) };
require('./setup.ts');
const { run } = require('./harness.ts');

async function outcome({ steps, credentials, afterMs }) {
	await pause(afterMs);
	const { error, json } = await run(steps, credentials);
	const last = steps.at(-1).name;
	return { error: error?.message, items: json(last) };
}

process.on('message', async (workflows) => {
	process.send(await Promise.all(workflows.map(outcome)));
});
process.send('ready');
