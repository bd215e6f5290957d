import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../../engine/errors';
import { isObject } from '../../../engine/values';
import { compareTrees, stepDifference } from './comparison';
import type { DigaFlow, NewStep, NewTrigger } from '../../api/DigaApi';
import type { FlowTree } from './flowJson';
import type { FlowPlan } from './flowPlan';
import { isEmpty, tellsSteps, titleOf } from '../../model/tree';

/** What there is still to do, until a flow is as it was planned. */
export interface Remainder {
	tree?: FlowTree;
	trigger?: NewTrigger;
	/** All of the plan, in their order. */
	steps: Array<Omit<NewStep, 'name'>>;
	/** How many of them the flow has. */
	done: number;
	/** Titles of steps of which Diga does not show all, so that they may differ. */
	unseen: string[];
}

/** All that there is to do on an empty flow. */
export function wholePlan(plan: FlowPlan): Remainder {
	const nothing = { steps: [], done: 0, unseen: [] };
	return 'tree' in plan ? { ...nothing, tree: plan.tree } : { ...nothing, ...plan };
}

/** Differences that a message names. */
const NAMED = 5;

function mustBeSame({ id, name }: DigaFlow, differences: string[]): void {
	if (differences.length === 0) return;
	const more = differences.length > NAMED ? `, and ${differences.length - NAMED} more` : '';
	throw new OperationError(
		`The flow ${JSON.stringify(name)} exists with the ID ${id}, and is not what was asked for: ${differences.slice(0, NAMED).join('; ')}${more}`,
		{
			fromService: true,
			description:
				'Nothing was changed. Change the flow, or what is asked for, so that both are the same; or choose another Name.',
		},
	);
}

/** The trigger of a flow, and the steps after it, without what is in them. */
function chainOf(flow: DigaFlow): IDataObject[] {
	const chain: IDataObject[] = [];
	for (let at: unknown = flow.trigger; isObject(at); at = at.nextAction) chain.push(at);
	return chain;
}

/** How the steps that a flow has differ from the first ones of the plan. */
function differencesIn(chain: IDataObject[], plan: IDataObject[]): string[] {
	return chain.flatMap((found, index) => {
		const wanted = plan[index];
		if (!wanted) return `${titleOf(found)} was not asked for`;
		const difference = stepDifference(wanted, found);
		return difference === undefined ? [] : `${titleOf(found)} ${difference}`;
	});
}

/**
 * What is left of a plan for a flow that may have been set up in part, as a stop leaves it.
 * @throws Fault that says what differs, when the flow is another one than was planned; nothing is changed then
 */
export function remainderOf(flow: DigaFlow, plan: FlowPlan): Remainder {
	if (isEmpty(flow)) return wholePlan(plan);
	if (!tellsSteps(flow)) {
		throw new OperationError(
			`The flow ${JSON.stringify(flow.name)} exists with the ID ${flow.id}, and Diga does not show what is in it`,
			{
				fromService: true,
				description: 'Nothing was changed: it may be another one than was asked for.',
			},
		);
	}
	if ('tree' in plan) {
		const { differences, unseen } = compareTrees(plan.tree.trigger, flow.trigger);
		mustBeSame(flow, differences);
		return { steps: [], done: 0, unseen };
	}
	const chain = chainOf(flow);
	const asked = [plan.trigger, ...plan.steps].map((step): IDataObject => ({ ...step }));
	mustBeSame(flow, differencesIn(chain, asked));
	return { steps: plan.steps, done: chain.length - 1, unseen: [] };
}
