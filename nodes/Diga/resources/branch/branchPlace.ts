import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { OperationError, inputError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import type { Parameters } from '../../../engine/input/parameters';
import { isObject } from '../../../engine/values';
import { changeOnce } from '../../model/changeOnce';
import type { BranchPlace, DigaApi, DigaFlow } from '../../api/DigaApi';
import { textOf } from '../../pieces/pieces';
import { withFlowLock, knownStep, stepLocator } from '../shared';
import { findStep } from '../../model/tree';

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

/** A change of the branches of a router. */
interface BranchChange {
	flow: string;
	router: string;
	indexes: Indexes;
	/** By how many an index may be beyond the last branch. */
	more?: number;
	/** What is done, e.g. `add`. */
	verb: 'added' | 'deleted' | 'duplicated' | 'moved';
	send: () => Promise<DigaFlow>;
}

/** The names of the branches in their order; undefined when the flow does not tell. */
function branchNames(flow: DigaFlow, router: string): string[] | undefined {
	const { settings } = findStep(flow, router) ?? {};
	const branches: unknown = isObject(settings) ? settings.branches : undefined;
	if (!Array.isArray(branches)) return undefined;
	return branches.map((branch: unknown) => {
		const { branchName } = isObject(branch) ? branch : {};
		return textOf(branchName) ?? 'unnamed';
	});
}

/** Whether the branches are others than before; undefined when that cannot be told. */
function hasChanged(
	verb: BranchChange['verb'],
	before: string[] | undefined,
	now: string[] | undefined,
): boolean | undefined {
	if (!before || !now) return undefined;
	if (verb === 'deleted') return now.length < before.length;
	if (verb !== 'moved') return now.length > before.length;
	// of branches with one name it does not show which was moved
	const isTold = new Set(before).size === before.length;
	return before.join('\n') === now.join('\n') ? (isTold ? false : undefined) : true;
}

/**
 * Changes the branches of a router, while no other item changes the flow.
 * The engine may take the change of a router or branch that there is not, and do nothing: it is looked first.
 * A branch is known by its place, which each change shifts: when no good answer comes, it is looked what became of it.
 */
export async function atRouter(
	context: OperationContext<DigaApi>,
	{ flow, router, indexes, more = 0, verb, send }: BranchChange,
): Promise<DigaFlow> {
	return await withFlowLock(context, flow, async () => {
		const found = await context.api.getFlow(flow);
		const step = knownStep(found, router);
		if (step) mustHaveBranches(step, indexes, more);
		const before = branchNames(found, router);
		const [from, to] = Object.values(indexes);
		// it is there already
		if (verb === 'moved' && from === to) return found;
		return await changeOnce(context, flow, {
			maybe: `The branch may have been ${verb}`,
			send,
			isDone: (now) => hasChanged(verb, before, branchNames(now, router)),
			unseen: (now) => {
				// the steps in loops are in no answer, so that Diga's word must do
				if (hasChanged(verb, before, branchNames(now, router)) === undefined) return now;
				throw new OperationError(`The branch was not ${verb}, and Diga did not say why`, {
					fromService: true,
					description: `The branches of "${router}" are ${(before ?? []).join(', ')}.`,
				});
			},
		});
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
		throw inputError(`Router must be a step of the type ROUTER, but "${router}" is ${type}`);
	}
	const branches: unknown = isObject(settings) ? settings.branches : undefined;
	if (!Array.isArray(branches)) return;
	for (const [label, index] of Object.entries(indexes)) {
		if (index < branches.length + more) continue;
		const names = branches.map((branch: unknown, at) => {
			const { branchName } = isObject(branch) ? branch : {};
			return `${at} ${textOf(branchName) ?? 'unnamed'}`;
		});
		throw inputError(
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
