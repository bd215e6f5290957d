// What the labs of the three nodes have in common. A lab has a valid set of parameters of every operation, and a sandbox
// with what they need to be there. Where an operation has fields that exclude each other it has several sets, the first
// of which is the simplest.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Sandbox } from '../sandbox/server.ts';
import { run } from './harness.ts';

export interface ValidSet {
	resource: string;
	operation: string;
	parameters: Record<string, unknown>;
}

/** A node with its sandbox, in which everything is that its sets name. */
export interface Lab {
	/** The node's type, e.g. `portable`. */
	type: string;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	sets: ValidSet[];
	sandbox: Sandbox;
	/** Puts everything back as it was, and forgets the requests. */
	restore: () => void;
}

/** Sets as `resource.operation`, each with its parameters. */
export function setsOf(table: Array<[key: string, ...parameters: object[]]>): ValidSet[] {
	return table.flatMap(([key, ...parameters]) => {
		const [resource = '', operation = ''] = key.split('.');
		return parameters.map((one) => ({ resource, operation, parameters: { ...one } }));
	});
}

/** Keeps what a sandbox has now. @returns puts it back */
export function keep(sandbox: Sandbox & { truth: Record<string, unknown[]> }): () => void {
	const kept = structuredClone(sandbox.truth);
	return () => {
		sandbox.reset();
		for (const [name, list] of Object.entries(sandbox.truth)) {
			list.splice(0, Infinity, ...structuredClone(kept[name] ?? []));
		}
	};
}

/** Runs an operation that must succeed. @returns what it outputs first */
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
