// npm run compose:job [-- URL]: waits for the n8n of compose.yaml, runs the first example in it, and checks that the
// sandbox has what was created. The URL is http://127.0.0.1:5678 by default, and http://127.0.0.1:5679 in queue mode.
import { setTimeout as pause } from 'node:timers/promises';
import { exampleFiles, readExample } from '../e2e/examples.ts';
import { asksToSignIn, signIn } from '../e2e/n8n.ts';
import { ports } from '../sandbox/all.ts';
import { Rest } from '../compat/rest.ts';
import { versions } from '../compat/versions.ts';

const MINUTES = 5;

const [, , url = 'http://127.0.0.1:5678'] = process.argv;
const version = versions.at(-1);
if (!version) throw new Error('There is no version');

for (let seconds = 0; !(await asksToSignIn(url)); seconds++) {
	if (seconds === MINUTES * 60) throw new Error(`No n8n is ready on ${url}`);
	await pause(1000);
}
const rest = new Rest(url, await signIn(url), version);
const { id, name } = await readExample(exampleFiles[0] ?? '');
const workflow = await rest.workflow(id);
const execution = await rest.ended(workflow, await rest.start(workflow), 120);
if (execution.status !== 'success') {
	throw new Error(`"${name}" failed: ${execution.data.resultData.error?.message ?? ''}`);
}

const response = await fetch(`http://127.0.0.1:${ports.portable}/_sandbox/state`);
const state = (await response.json()) as Record<string, object[]>;
const counts = Object.entries(state).map(([kind, resources]) => `${resources.length} ${kind}`);
console.log(`"${name}" succeeded on ${url}. The sandbox has ${counts.join(', ')}.`);
if (!state.flows?.length) throw new Error('The sandbox has no flow');
