// What every test of the Portable node needs: the sandbox, fresh for each test, and ways to look at it.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Mischief } from '../../sandbox/mischief.ts';
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

/** Something that befalls the creates; the look at what is there before them goes well. */
export function befall(rule: Mischief): void {
	portable.misbehave({ method: 'POST', ...rule });
}

/** The creates that arrived, in order. */
export function posts() {
	return portable.requests.filter(({ method }) => method === 'POST');
}

/** The node that a workflow starts with, emitting these items. */
export function start(items: object[] = [{}]): Step {
	return { name: 'Start', type: 'test.items', parameters: { items: items as never } };
}
