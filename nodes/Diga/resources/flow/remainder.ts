import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../../engine/errors';
import type { NewTrigger } from '../../api/flowEndpoints';
import type { DigaFlow } from '../../api/resource';
import type { NewStep } from '../../api/stepEndpoints';
import { isEmpty, mainChain, showsSteps, titleOf } from '../../model/tree';
import { compareTrees, stepDifference } from './comparison';
import type { FlowTree } from './flowJson';
import type { FlowPlan } from './flowPlan';

/** The part of a plan that a flow does not have yet. */
export interface Remainder {
	/** To import. Undefined if the plan has no tree, or the flow has it. */
	tree?: FlowTree;
	/** To set. Undefined if the plan has no trigger, or the flow has it. */
	trigger?: NewTrigger;
	/** All steps of the plan, in order. */
	steps: Array<Omit<NewStep, 'name'>>;
	/** How many of the steps the flow has. */
	done: number;
	/** The titles of steps that Diga does not show completely, so they may differ. */
	notCompared: string[];
}

/** The remainder for an empty flow. */
export function wholePlan(plan: FlowPlan): Remainder {
	const nothing = { steps: [], done: 0, notCompared: [] };
	return 'tree' in plan ? { ...nothing, tree: plan.tree } : { ...nothing, ...plan };
}

/** How many differences an error names. */
const NAMED = 5;

function mustBeSame({ id, name }: DigaFlow, differences: string[]): void {
	if (differences.length === 0) return;
	const more = differences.length > NAMED ? `; and ${differences.length - NAMED} more` : '';
	throw new OperationError(
		`The flow ${JSON.stringify(name)} exists with the ID ${id} and differs from the settings of this node: ${differences.slice(0, NAMED).join('; ')}${more}`,
		{
			fromService: true,
			description:
				'Nothing was changed. Change the flow or the settings so that they match, or enter another Name.',
		},
	);
}

/** How the trigger and steps of a flow differ from the first ones of a plan. */
function chainDifferences(chain: IDataObject[], plan: IDataObject[]): string[] {
	return chain.flatMap((found, index) => {
		const wanted = plan[index];
		if (!wanted) return `${titleOf(found)} is not expected`;
		const difference = stepDifference(wanted, found);
		return difference === undefined ? [] : `${titleOf(found)} ${difference}`;
	});
}

/**
 * Compares a flow that may be partly built with a plan.
 * @throws OperationError that names the differences if the flow is not a part of the plan
 */
export function remainderOf(flow: DigaFlow, plan: FlowPlan): Remainder {
	if (isEmpty(flow)) return wholePlan(plan);
	if (!showsSteps(flow)) {
		throw new OperationError(
			`A flow of this name exists with the ID ${flow.id}, but Diga does not show its steps`,
			{
				fromService: true,
				description:
					'Nothing was changed, because the flow may differ from the settings of this node.',
			},
		);
	}
	if ('tree' in plan) {
		const { differences, notCompared } = compareTrees(plan.tree.trigger, flow.trigger);
		mustBeSame(flow, differences);
		return { steps: [], done: 0, notCompared };
	}
	const chain = mainChain(flow);
	const wanted = [plan.trigger, ...plan.steps].map((step): IDataObject => ({ ...step }));
	mustBeSame(flow, chainDifferences(chain, wanted));
	return { steps: plan.steps, done: chain.length - 1, notCompared: [] };
}
