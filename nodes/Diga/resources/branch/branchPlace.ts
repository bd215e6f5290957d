import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { OperationError, inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import type { OperationContext } from '../../../engine/operation';
import { nonBlankText } from '../../../engine/values';
import type { BranchPlace } from '../../api/branchEndpoints';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaFlow } from '../../api/resource';
import { changeOnce } from '../../model/changeOnce';
import { withFlowLock } from '../../model/locks';
import { knownStep } from '../../model/knownStep';
import { branchNames, findStep } from '../../model/tree';
import { stepLocator } from '../../pickers/step';

/** A field for a position among the branches of a router. */
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
	description: 'The index of the branch in the router, starting at 0',
});

/** Branch indexes by the labels of their fields. */
type Indexes = Record<string, number>;

/** A change of a router's branches. */
interface BranchChange {
	flow: string;
	router: string;
	indexes: Indexes;
	/** How far an index may exceed the last branch. Default: 0. */
	beyond?: number;
	/** For messages, and to tell what the change does to the branches. */
	verb: 'added' | 'deleted' | 'duplicated' | 'moved';
	send: () => Promise<DigaFlow>;
}

function namesIn(flow: DigaFlow, router: string): string[] | undefined {
	return branchNames(findStep(flow, router) ?? {});
}

const shownName = (name: string) => (name === '' ? 'unnamed' : name);

/** Whether a change was made, by the names of the branches. Undefined if the names do not show it. */
function hasChanged(
	verb: BranchChange['verb'],
	before: string[] | undefined,
	now: string[] | undefined,
): boolean | undefined {
	if (!before || !now) return undefined;
	if (verb === 'deleted') return now.length < before.length;
	if (verb !== 'moved') return now.length > before.length;
	if (before.join('\n') !== now.join('\n')) return true;
	// swapping two branches of the same name does not show
	return new Set(before).size === before.length ? false : undefined;
}

/**
 * Changes the branches of a router, while no other item changes the flow.
 * Checks the router and the indexes first, because Diga may accept a change of an unknown router or branch and do
 * nothing. After a lost response, reads the branches to find out whether the change was made.
 */
export async function changeBranches(
	context: OperationContext<DigaApi>,
	{ flow, router, indexes, beyond = 0, verb, send }: BranchChange,
): Promise<DigaFlow> {
	return await withFlowLock(context, flow, async () => {
		const found = await context.api.flows.get(flow);
		const step = knownStep(found, router);
		if (step) checkIndexes(step, indexes, beyond);
		const before = namesIn(found, router);
		const [from, to] = Object.values(indexes);
		const isInPlace = verb === 'moved' && from === to;
		if (isInPlace) return found;
		return await changeOnce(context, flow, {
			maybe: `The branch may have been ${verb}`,
			send,
			isDone: (now) => hasChanged(verb, before, namesIn(now, router)),
			whenNotShown: (now) => {
				// Diga does not show routers inside loops, so its success response must do
				if (hasChanged(verb, before, namesIn(now, router)) === undefined) return now;
				throw new OperationError(`Diga did not report an error, but the branch was not ${verb}`, {
					fromService: true,
					description: `The branches of "${router}" are ${(before ?? []).map(shownName).join(', ')}.`,
				});
			},
		});
	});
}

/** @throws OperationError if the step is not a router, or an index is too large; what Diga does not show is not checked */
function checkIndexes(step: IDataObject, indexes: Indexes, beyond: number): void {
	const { type } = step;
	const router = nonBlankText(step.name) ?? 'unnamed';
	if (typeof type === 'string' && type !== 'ROUTER') {
		throw inputError(`Router must be a step of the type ROUTER, but "${router}" is ${type}`);
	}
	const names = branchNames(step);
	if (!names) return;
	const listed = names.map((name, index) => `${index} ${shownName(name)}`);
	for (const [label, index] of Object.entries(indexes)) {
		if (index < names.length + beyond) continue;
		throw inputError(
			`${label} must be ${names.length - 1 + beyond} or less, but is ${index}`,
			`The branches of "${router}" are ${listed.slice(0, 20).join(', ')}.`,
		);
	}
}

export function readBranchPlace(parameters: Parameters): BranchPlace {
	return {
		stepName: parameters.requiredText('step'),
		branchIndex: parameters.number('branchIndex'),
	};
}
