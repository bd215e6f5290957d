import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { refusal } from '../engine/fault';
import type { Call } from '../engine/operation';
import type { Parameters } from '../engine/parameters';
import { isObject } from '../engine/values';
import type { BranchPlace, DigaApi, DigaFlow } from './DigaApi';
import { textOf } from './pieces';
import { inTurn, knownStep, stepLocator } from './resources/shared';

/** The field for a place among the branches of a router. */
export function branchIndexField(
	displayName: string,
	{ name, description }: { name: string; description: string },
): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		required: true,
		description,
	};
}

export const routerLocator = stepLocator('Router', {
	name: 'step',
	description: 'The router step that has the branch',
});

export const branchIndex = branchIndexField('Branch Index', {
	name: 'branchIndex',
	description: 'Which branch of the router, from 0',
});

/** Indexes of branches by the labels of their fields. */
type Indexes = Record<string, number>;

/**
 * Changes the branches of a router, while no other item changes the flow.
 * The engine may take the change of a router or branch that there is not, and do nothing: it is looked first.
 * @param more by how many an index may be beyond the last branch
 */
export async function atRouter(
	call: Call<DigaApi>,
	{
		flow,
		router,
		indexes,
		more = 0,
	}: { flow: string; router: string; indexes: Indexes; more?: number },
	change: () => Promise<DigaFlow>,
): Promise<DigaFlow> {
	return await inTurn(call, flow, async () => {
		const step = knownStep(await call.api.getFlow(flow), router);
		if (step) mustHaveBranches(step, indexes, more);
		return await change();
	});
}

/** What an answer leaves out, such as the branches, is not checked. */
function mustHaveBranches(
	{ name, type, settings }: IDataObject,
	indexes: Indexes,
	more: number,
): void {
	const router = textOf(name) ?? 'unnamed';
	if (typeof type === 'string' && type !== 'ROUTER') {
		throw refusal(`Router must be a step of the type ROUTER, but "${router}" is ${type}`);
	}
	const branches: unknown = isObject(settings) ? settings.branches : undefined;
	if (!Array.isArray(branches)) return;
	for (const [label, index] of Object.entries(indexes)) {
		if (index < branches.length + more) continue;
		const names = branches.map((branch: unknown, at) => {
			const { branchName } = isObject(branch) ? branch : {};
			return `${at} ${textOf(branchName) ?? 'unnamed'}`;
		});
		throw refusal(
			`${label} must be ${branches.length - 1 + more} or less, but is ${index}`,
			`The branches of "${router}" are ${names.slice(0, 20).join(', ')}.`,
		);
	}
}

export function readBranchPlace(parameters: Parameters): BranchPlace {
	return {
		stepName: parameters.requiredText('step'),
		branchIndex: parameters.number('branchIndex'),
	};
}
