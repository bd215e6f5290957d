// Shared by all tests of the Amazon AppFlow node: a new sandbox for each test, and access to its state.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { startAppFlow } from '../../sandbox/appflow/appflow.ts';
import type { AppFlowSandbox } from '../../sandbox/appflow/appflow.ts';
import { run } from '../harness.ts';
import type { Result, Step } from '../harness.ts';

export let appflow: AppFlowSandbox;

beforeAll(async () => {
	appflow = await startAppFlow();
});

afterAll(async () => {
	await appflow.stop();
});

afterEach(async () => {
	await appflow.idle();
	appflow.reset();
});

export function credentials(
	more: ICredentialDataDecryptedObject = {},
): Record<string, ICredentialDataDecryptedObject> {
	const { region, url: endpoint, keys } = appflow;
	return { amazonAppFlowApi: { region, endpoint, ...keys.permanent, ...more } };
}

/** The node under test and its input items. */
export function steps(
	resource: string,
	operation: string,
	parameters: object = {},
	{ items = [{}], node = {} }: { items?: object[]; node?: Partial<Step> } = {},
): Step[] {
	return [
		{ name: 'Start', type: 'test.items', parameters: { items: items as never } },
		{
			name: 'AppFlow',
			type: 'amazonAppFlow',
			parameters: { resource, operation, ...parameters },
			...node,
		},
	];
}

/** Runs one operation. */
export async function operate(
	resource: string,
	operation: string,
	parameters: object = {},
	more: { items?: object[]; node?: Partial<Step> } = {},
): Promise<Result> {
	return await run(steps(resource, operation, parameters, more), credentials());
}

/** A resource locator as the editor stores it. */
export const named = (value: unknown) => ({ __rl: true, mode: 'name', value });

/** The paths of the requests, in order. */
export const paths = () => appflow.requests.map(({ path }) => path);

/** The bodies of the requests to a path, in order. */
export function bodies(path: string): Array<Record<string, unknown>> {
	return appflow.requests
		.filter((request) => request.path === path)
		.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}
