import type { IDataObject } from 'n8n-workflow';
import { isObject, nonBlankText } from '../../engine/values';

/**
 * The step trees of flows. They are walked without recursion, because a chain of steps is nested as deep as it is long.
 * Any member may be null or missing, except those that https://docs.diga.io/api-reference/openapi.json requires.
 */

/** The steps inside a step. Responses use `children`; exported flows use `firstLoopAction` for loops. */
function inside({ children, firstLoopAction }: IDataObject): unknown[] {
	return [...(Array.isArray(children) ? (children as unknown[]) : []), firstLoopAction];
}

/** The trigger and steps of a tree: each step, then the steps inside it, then the next step. */
export function* walk(trigger: unknown): Generator<IDataObject> {
	const ahead: unknown[] = [trigger];
	while (ahead.length > 0) {
		const step = ahead.pop();
		if (!isObject(step)) continue;
		yield step;
		ahead.push(step.nextAction, ...inside(step).reverse());
	}
}

/** The trigger of a flow and its main chain, without the steps inside loops and routers. */
export function mainChain({ trigger }: IDataObject): IDataObject[] {
	const chain: IDataObject[] = [];
	for (let step: unknown = trigger; isObject(step); step = step.nextAction) chain.push(step);
	return chain;
}

/**
 * Whether a response shows the steps of its flow. `trigger` is optional, and null is only plausible for a flow that is
 * new: one with a category has a trigger.
 */
export function showsSteps({ trigger, flow_category: category }: IDataObject): boolean {
	return (
		isObject(trigger) ||
		(trigger === null && [undefined, null, 'empty'].some((one) => one === category))
	);
}

/** All steps of a flow, its trigger first. */
export function stepsOf(flow: IDataObject): IDataObject[] {
	return [...walk(flow.trigger)];
}

export function nameOf({ name }: IDataObject): string | undefined {
	return typeof name === 'string' ? name : undefined;
}

/** Whether Diga shows that a flow has neither trigger nor steps. */
export function isEmpty(flow: IDataObject): boolean {
	const [trigger, ...steps] = stepsOf(flow);
	return trigger ? trigger.type === 'EMPTY' && steps.length === 0 : showsSteps(flow);
}

export function findStep(flow: IDataObject, name: string): IDataObject | undefined {
	return stepsOf(flow).find((step) => nameOf(step) === name);
}

/** Activepieces' name for the trigger. Responses for new flows may not contain it. */
const TRIGGER = 'trigger';

/** The name of the last step of the main chain, or of the trigger if there are no steps. */
export function lastName(flow: IDataObject): string {
	const last = mainChain(flow).at(-1);
	return (last && nameOf(last)) ?? TRIGGER;
}

/** The next unused step name in Activepieces' series step_1, step_2, ... */
export function freeName(flow: IDataObject): string {
	const numbers = stepsOf(flow).map((step) =>
		Number(/^step_(\d{1,9})$/.exec(nameOf(step) ?? '')?.[1] ?? 0),
	);
	return `step_${numbers.reduce((highest, number) => Math.max(highest, number), 0) + 1}`;
}

/** A step in messages, e.g. `Send Email (step_1)`. */
export function titleOf(step: IDataObject): string {
	const { displayName } = step;
	const name = nameOf(step) ?? 'unnamed';
	return typeof displayName === 'string' && displayName !== '' ? `${displayName} (${name})` : name;
}

/** The steps that Diga reports as invalid, except skipped ones. */
export function invalidSteps(flow: IDataObject): IDataObject[] {
	return stepsOf(flow).filter(({ valid, skip }) => valid === false && skip !== true);
}

/** Whether a response shows nothing of what is inside this loop. The documented response may not. */
export function isOpaqueLoop({ type, children, firstLoopAction }: IDataObject): boolean {
	return type === 'LOOP_ON_ITEMS' && !Array.isArray(children) && !isObject(firstLoopAction);
}

/** Whether a response shows all steps of its flow, including those inside loops. */
export function showsAllSteps(flow: IDataObject): boolean {
	return showsSteps(flow) && !stepsOf(flow).some(isOpaqueLoop);
}

/** Whether a flow has a step. Undefined if the step may be where the response does not show it. */
export function hasStep(flow: IDataObject, name: string): boolean | undefined {
	if (findStep(flow, name)) return true;
	return showsAllSteps(flow) ? false : undefined;
}

/** The names of a router's branches in order, '' for a branch without one. Undefined if they are not shown. */
export function branchNames(router: IDataObject): string[] | undefined {
	const { branches } = isObject(router.settings) ? router.settings : {};
	if (!Array.isArray(branches)) return undefined;
	return (branches as unknown[]).map((branch) =>
		isObject(branch) ? (nonBlankText(branch.branchName) ?? '') : '',
	);
}
