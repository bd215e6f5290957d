// Shared by the labs of the three nodes. A lab has a valid set of parameters for every operation, and a sandbox with the
// resources that they refer to. An operation whose fields exclude each other has several sets; the first is the simplest.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Sandbox } from '../sandbox/server.ts';
import { run } from './harness.ts';

export interface ValidSet {
	resource: string;
	operation: string;
	parameters: Record<string, unknown>;
}

/** A node and its sandbox, which contains everything that the sets of parameters refer to. */
export interface Lab {
	/** The node's type, e.g. `portable`. */
	type: string;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	sets: ValidSet[];
	sandbox: Sandbox;
	/** Restores the sandbox, and clears its requests. */
	restore: () => void;
}

/** @param table rows of `resource.operation` and sets of parameters */
export function setsOf(table: Array<[key: string, ...parameters: object[]]>): ValidSet[] {
	return table.flatMap(([key, ...parameters]) => {
		const [resource = '', operation = ''] = key.split('.');
		return parameters.map((one) => ({ resource, operation, parameters: { ...one } }));
	});
}

/** Saves the state of a sandbox. @returns a function that restores it */
export function keep(sandbox: Sandbox & { truth: Record<string, unknown[]> }): () => void {
	const kept = structuredClone(sandbox.truth);
	return () => {
		sandbox.reset();
		for (const [name, list] of Object.entries(sandbox.truth)) {
			list.splice(0, Infinity, ...structuredClone(kept[name] ?? []));
		}
	};
}

/** Runs an operation that must succeed. @returns its first output item */
export async function make(
	{ type, credentials }: Pick<Lab, 'type' | 'credentials'>,
	key: string,
	parameters: object,
): Promise<Record<string, unknown>> {
	const [resource, operation] = key.split('.');
	const node = { name: 'Node', type, parameters: { resource, operation, ...parameters } };
	const steps = [{ name: 'Start', type: 'test.items', parameters: { items: [{}] as never } }, node];
	const { json, error } = await run(steps, credentials);
	if (error) throw new Error(`${key}: ${error.message}`);
	return json('Node')[0] ?? {};
}

/** A locator as the editor stores it. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });
export const byName = (value: unknown) => ({ __rl: true, mode: 'name', value });
