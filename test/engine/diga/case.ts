// Shared by the tests of the Diga node: a sandbox that is reset after each test, and helpers to use and inspect it.
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

/** The first node of a workflow, which outputs these items. */
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

/** Runs an operation for one or more items. */
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

/** As {@link act}, but expects success. @returns the output items */
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

/** The requests that arrived, in order, as `METHOD path`. */
export function requestLines(): string[] {
	return diga.requests.map(({ method, path }) => `${method} ${path}`);
}

/** The bodies of the requests with a method and path, in order. */
export function bodies(method: string, path: RegExp = /./): IDataObject[] {
	return diga.requests
		.filter((request) => request.method === method && path.test(request.path))
		.map(({ body }) => JSON.parse(body) as IDataObject);
}

/** Creates a flow. @returns its ID */
export async function aFlow(name = 'Mine'): Promise<string> {
	await done('flow', 'create', { name });
	diga.requests.length = 0;
	return diga.truth.flows.at(-1)?.id ?? '';
}

/** The parameters of a code step, the simplest kind of step. */
export const codeStep = { stepType: 'CODE', code: 'export const code = async () => 1;' };

/** Creates a flow with a chain of code steps. @returns its ID */
export async function aFlowWith(count: number, more: object = {}): Promise<string> {
	const flow = await aFlow();
	for (let number = 0; number < count; number++) {
		await done('step', 'add', { flow, ...codeStep, ...more });
	}
	diga.requests.length = 0;
	return flow;
}

/** The step names of a flow in the sandbox, with steps inside others in parentheses. */
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
