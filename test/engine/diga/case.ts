// What every test of the Diga node needs: the sandbox, fresh for each test, and ways to look at it.
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { startDiga } from '../../sandbox/diga/diga.ts';
import type { DigaSandbox } from '../../sandbox/diga/diga.ts';
import { run } from '../harness.ts';
import type { Result, Step } from '../harness.ts';

export let diga: DigaSandbox;

beforeAll(async () => {
	diga = await startDiga();
});

afterAll(async () => {
	await diga.stop();
});

afterEach(async () => {
	await diga.idle();
	diga.reset();
});

export function credentials(
	more: Record<string, ICredentialDataDecryptedObject> = {},
): Record<string, ICredentialDataDecryptedObject> {
	return { digaApi: { baseUrl: diga.url, apiKey: diga.token }, ...more };
}

/** The node that a workflow starts with, emitting these items. */
export function start(items: object[] = [{}]): Step {
	return { name: 'Start', type: 'test.items', parameters: { items: items as never } };
}

export function node(
	resource: string,
	operation: string,
	parameters: object = {},
	more: Partial<Step> = {},
): Step {
	return {
		name: 'Diga',
		type: 'diga',
		parameters: { resource, operation, ...parameters },
		...more,
	};
}

/** Runs one operation, for one item or for several. */
export async function act(
	resource: string,
	operation: string,
	parameters: object = {},
	items: object[] = [{}],
	more: Partial<Step> = {},
): Promise<Result & { items: IDataObject[] }> {
	const result = await run(
		[start(items), node(resource, operation, parameters, more)],
		credentials(),
	);
	return { ...result, items: result.json('Diga') };
}

/** As {@link act}; the operation succeeds, and what it outputs is returned. */
export async function done(
	resource: string,
	operation: string,
	parameters: object = {},
	items: object[] = [{}],
): Promise<IDataObject[]> {
	const { error, items: output } = await act(resource, operation, parameters, items);
	expect(error).toBeUndefined();
	return output;
}

/** Requests that arrived: `METHOD path`, in order. */
export function asked(): string[] {
	return diga.requests.map(({ method, path }) => `${method} ${path}`);
}

/** Bodies of what was sent with a method to a path, in order. */
export function bodies(method: string, path: RegExp = /./): IDataObject[] {
	return diga.requests
		.filter((request) => request.method === method && path.test(request.path))
		.map(({ body }) => JSON.parse(body) as IDataObject);
}

/** A flow that exists. @returns its ID */
export async function aFlow(name = 'Mine'): Promise<string> {
	await done('flow', 'create', { name });
	diga.requests.length = 0;
	return diga.truth.flows.at(-1)?.id ?? '';
}

/** What a step that only runs code is: the simplest there is. */
export const codeStep = { stepType: 'CODE', code: 'export const code = async () => 1;' };

/** A flow with such steps one after another. @returns its ID */
export async function aFlowWith(count: number, more: object = {}): Promise<string> {
	const flow = await aFlow();
	for (let number = 0; number < count; number++) {
		await done('step', 'add', { flow, ...codeStep, ...more });
	}
	diga.requests.length = 0;
	return flow;
}

/** The names of the steps of a flow as the service has them, those inside others in brackets. */
export function tree(flow: string): string {
	interface Node {
		name: string;
		nextAction?: Node | null;
		firstLoopAction?: Node | null;
		children?: Array<Node | null>;
	}
	const write = (step: Node | null | undefined): string => {
		if (!step) return '';
		const inside = [
			...(step.children ?? []),
			...(step.firstLoopAction ? [step.firstLoopAction] : []),
		];
		const brackets = inside.length > 0 ? `(${inside.map(write).join('|')})` : '';
		const next = write(step.nextAction);
		return `${step.name}${brackets}${next ? ` ${next}` : ''}`;
	};
	return write(diga.truth.flows.find(({ id }) => id === flow)?.draft.trigger);
}
