import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';

/**
 * The trees of flows, walked without recursion: a chain of steps is as deep as it is long.
 * Only what is documented is relied upon: anything may be null or missing, children among it.
 */

/** What is inside a step. In answers it is `children`; in what the engine exports, loops have `firstLoopAction`. */
function inside({ children, firstLoopAction }: IDataObject): unknown[] {
	return [...(Array.isArray(children) ? (children as unknown[]) : []), firstLoopAction];
}

/** Trigger and steps of a tree, each before what is inside it, and that before what comes next. */
export function* walk(trigger: unknown): Generator<IDataObject> {
	const ahead: unknown[] = [trigger];
	while (ahead.length > 0) {
		const step = ahead.pop();
		if (!isObject(step)) continue;
		yield step;
		ahead.push(step.nextAction, ...inside(step).reverse());
	}
}

/**
 * Whether an answer tells which steps a flow has: `trigger` is optional, and may be missing.
 * Of a new flow it may be null; of one that has a category it cannot be.
 */
export function tellsSteps({ trigger, flow_category: category }: IDataObject): boolean {
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

/** True when Diga says that nothing has been put into the flow yet. */
export function isEmpty(flow: IDataObject): boolean {
	const [trigger, ...steps] = stepsOf(flow);
	return trigger ? trigger.type === 'EMPTY' && steps.length === 0 : tellsSteps(flow);
}

export function findStep(flow: IDataObject, name: string): IDataObject | undefined {
	return stepsOf(flow).find((step) => nameOf(step) === name);
}

/** The engine's name of a trigger; whether a new flow tells it is not documented. */
const TRIGGER = 'trigger';

/** The name of the last step of the main chain; of the trigger when there is no step. */
export function lastName(flow: IDataObject): string {
	let last: unknown = flow.trigger;
	while (isObject(last) && isObject(last.nextAction)) last = last.nextAction;
	return (isObject(last) ? nameOf(last) : undefined) ?? TRIGGER;
}

/** A name that no step of the flow has, in the engine's own series: step_1, step_2, ... */
export function freeName(flow: IDataObject): string {
	const numbers = stepsOf(flow).map((step) =>
		Number(/^step_(\d{1,9})$/.exec(nameOf(step) ?? '')?.[1] ?? 0),
	);
	return `step_${numbers.reduce((highest, number) => Math.max(highest, number), 0) + 1}`;
}

/** A step as its users know it. */
export function titleOf(step: IDataObject): string {
	const { displayName } = step;
	const name = nameOf(step) ?? 'unnamed';
	return typeof displayName === 'string' && displayName !== '' ? `${displayName} (${name})` : name;
}

/** The steps that Diga says are not valid, and that are not skipped. */
export function invalidSteps(flow: IDataObject): string[] {
	return stepsOf(flow)
		.filter(({ valid, skip }) => valid === false && skip !== true)
		.map(titleOf);
}

/** True when the answer shows nothing of what is inside this loop, as the documented answer may not. */
export function isHiddenLoop({ type, children, firstLoopAction }: IDataObject): boolean {
	return type === 'LOOP_ON_ITEMS' && !Array.isArray(children) && !isObject(firstLoopAction);
}
