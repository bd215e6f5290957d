// Shared by all tests of the Portable node: a sandbox that is reset for each test, and helpers to inspect it.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { InjectedFault } from '../../sandbox/faultInjection.ts';
import { startPortable } from '../../sandbox/portable/portable.ts';
import type { PortableSandbox } from '../../sandbox/portable/portable.ts';
import type { Step } from '../harness.ts';

export let portable: PortableSandbox;

beforeAll(async () => {
	portable = await startPortable();
});

afterAll(async () => {
	await portable.stop();
});

afterEach(async () => {
	await portable.idle();
	portable.reset();
});

export function credentials(
	more: Record<string, ICredentialDataDecryptedObject> = {},
): Record<string, ICredentialDataDecryptedObject> {
	return { portableApi: { baseUrl: portable.url, token: portable.token }, ...more };
}

/** Disturbs creates. The lookup before them, a GET, is not disturbed. */
export function injectFault(rule: InjectedFault): void {
	portable.misbehave({ method: 'POST', ...rule });
}

/** The POST requests that arrived, in order. */
export function posts() {
	return portable.requests.filter(({ method }) => method === 'POST');
}

/** The first node of a workflow, which outputs these items. */
export function start(items: object[] = [{}]): Step {
	return { name: 'Start', type: 'test.items', parameters: { items: items as never } };
}
