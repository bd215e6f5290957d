// The step tree of a flow, stored and changed as in Activepieces, on which Diga's flows are based:
// https://github.com/activepieces/activepieces, packages/shared/src/lib/flows
import { pieceNamed } from './pieces.ts';

export type Values = Record<string, unknown>;

/** The trigger or a step. Loops have their steps in `firstLoopAction`, routers in `children`. */
export interface Step {
	name: string;
	type: string;
	displayName: string;
	valid: boolean;
	skip?: boolean;
	settings: Values;
	nextAction?: Step | null;
	firstLoopAction?: Step | null;
	children?: Array<Step | null>;
}

export interface Place {
	parentStep: string;
	stepLocationRelativeToParent?: string | null;
	branchIndex?: number | null;
}

/** An error of Activepieces. */
export class EngineError extends Error {}

function isValues(value: unknown): value is Values {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function isValid({ type, settings }: Pick<Step, 'type' | 'settings'>): boolean {
	const { pieceName, pieceVersion, actionName, triggerName, input } = settings;
	const values = isValues(input) ? input : {};
	switch (type) {
		case 'PIECE':
		case 'PIECE_TRIGGER': {
			const piece = pieceNamed(String(pieceName));
			const one =
				type === 'PIECE'
					? piece?.actions[String(actionName)]
					: piece?.triggers[String(triggerName)];
			const props = Object.entries(one?.props ?? {});
			const asked = props.every(([name, { required }]) => !required || isGiven(values[name]));
			return one !== undefined && isGiven(pieceVersion) && asked;
		}
		case 'CODE':
			return isValues(settings.sourceCode);
		case 'LOOP_ON_ITEMS':
			return isGiven(settings.items);
		case 'ROUTER':
			return Array.isArray(settings.branches) && settings.branches.length > 0;
		default:
			return false;
	}
}

/** Converts a step or a whole tree from a request to its stored form. */
export function stepOf(sent: unknown): Step {
	const { name, type, displayName, settings, skip, ...rest } = isValues(sent) ? sent : {};
	const own = {
		name: typeof name === 'string' ? name : 'trigger',
		type: typeof type === 'string' ? type : 'EMPTY',
		displayName: typeof displayName === 'string' ? displayName : '',
		settings: isValues(settings) ? settings : {},
	};
	const { nextAction, firstLoopAction, children } = rest;
	const step: Step = { ...own, valid: isValid(own), ...(skip === true && { skip }) };
	if (isValues(nextAction)) step.nextAction = stepOf(nextAction);
	if (own.type === 'LOOP_ON_ITEMS' && isValues(firstLoopAction)) {
		step.firstLoopAction = stepOf(firstLoopAction);
	}
	if (own.type === 'ROUTER') {
		const given: unknown[] = Array.isArray(children) ? children : [];
		step.children = branchesOf(step).map((_, index) =>
			isValues(given[index]) ? stepOf(given[index]) : null,
		);
	}
	return step;
}

export function emptyTrigger(): Step {
	return {
		name: 'trigger',
		type: 'EMPTY',
		displayName: 'Select Trigger',
		valid: false,
		settings: {},
	};
}

function branchesOf({ settings }: Step): Values[] {
	return Array.isArray(settings.branches) ? settings.branches.filter(isValues) : [];
}

export function allSteps(step: Step | null | undefined): Step[] {
	if (!step) return [];
	const inside = [...(step.children ?? []), step.firstLoopAction].flatMap(allSteps);
	return [step, ...inside, ...allSteps(step.nextAction)];
}

export function stepNamed(trigger: Step, name: string): Step | undefined {
	return allSteps(trigger).find((step) => step.name === name);
}

/** Inserts a step directly after or first inside its parent. Does nothing if the parent is unknown. */
export function addAction(trigger: Step, step: Step, place: Place): void {
	const parent = stepNamed(trigger, place.parentStep);
	if (!parent) return;
	if (stepNamed(trigger, step.name)) {
		throw new EngineError(`DUPLICATE_STEP_NAME: ${step.name}`);
	}
	insert(parent, step, place);
}

function insert(
	parent: Step,
	step: Step,
	{ stepLocationRelativeToParent: location, branchIndex }: Place,
) {
	const needsLocation = ['LOOP_ON_ITEMS', 'ROUTER'].includes(parent.type);
	if (location === 'INSIDE_LOOP' && parent.type === 'LOOP_ON_ITEMS') {
		step.nextAction = parent.firstLoopAction;
		parent.firstLoopAction = step;
	} else if (location === 'INSIDE_BRANCH' && parent.type === 'ROUTER') {
		const { children = [] } = parent;
		if (typeof branchIndex !== 'number' || branchIndex < 0 || branchIndex >= children.length) {
			throw new EngineError('Branch index out of range');
		}
		step.nextAction = children[branchIndex];
		children[branchIndex] = step;
	} else if (location === 'AFTER' || (!location && !needsLocation)) {
		step.nextAction = parent.nextAction;
		parent.nextAction = step;
	} else {
		throw new EngineError(`Step ${parent.name} cannot take a step at ${location ?? 'no location'}`);
	}
}

/** Replaces the settings of a step. The type cannot change. Does nothing if the step is unknown. */
export function updateAction(trigger: Step, sent: Step): void {
	const step = allSteps(trigger.nextAction).find(({ name }) => name === sent.name);
	if (!step) return;
	if (step.type !== sent.type) throw new EngineError('The type of a step cannot change');
	const { displayName, settings, valid } = sent;
	Object.assign(step, { displayName, settings, valid });
}

/** Removes a step with the steps inside it. Does nothing if the step is unknown. */
export function deleteAction(trigger: Step, name: string): Step | undefined {
	for (const step of allSteps(trigger)) {
		if (step.nextAction?.name === name) {
			const { nextAction: gone } = step;
			step.nextAction = gone.nextAction;
			return gone;
		}
		if (step.firstLoopAction?.name === name) {
			const { firstLoopAction: gone } = step;
			step.firstLoopAction = gone.nextAction;
			return gone;
		}
		const index = step.children?.findIndex((child) => child?.name === name) ?? -1;
		const gone = step.children?.[index];
		if (gone && step.children) {
			step.children[index] = gone.nextAction ?? null;
			return gone;
		}
	}
	return undefined;
}

export function moveAction(trigger: Step, name: string, place: Place): void {
	const moved = stepNamed(trigger, name);
	const parent = stepNamed(trigger, place.parentStep);
	if (!moved || !parent)
		throw new EngineError(`STEP_NOT_FOUND: ${moved ? place.parentStep : name}`);
	if (allSteps({ ...moved, nextAction: null }).includes(parent)) {
		throw new EngineError('A step cannot be moved into itself');
	}
	const before = structuredClone(trigger);
	deleteAction(trigger, name);
	try {
		insert(parent, moved, place);
	} catch (error) {
		Object.assign(trigger, before);
		throw error;
	}
}

export function router(
	trigger: Step,
	name: string,
): { branches: Values[]; children: Array<Step | null> } {
	const step = stepNamed(trigger, name);
	if (step?.type !== 'ROUTER') throw new EngineError(`Step ${name} is not a router`);
	step.settings.branches = branchesOf(step);
	step.children ??= [];
	return { branches: branchesOf(step), children: step.children };
}

/** Changes the branches of a router and their first steps in the same way. */
export function changeBranches(
	trigger: Step,
	name: string,
	change: (branches: unknown[], children: unknown[]) => void,
): void {
	const { branches, children } = router(trigger, name);
	change(branches, children);
	const step = stepNamed(trigger, name);
	if (step) step.settings.branches = branches;
}

/** A copy of a step with unused names. */
export function renamedCopy(trigger: Step, step: Step | null): Step | null {
	const copy = structuredClone(step);
	const taken = new Set(allSteps(trigger).map(({ name }) => name));
	for (const one of allSteps(copy)) {
		let number = 1;
		while (taken.has(`step_${number}`)) number++;
		one.name = `step_${number}`;
		taken.add(one.name);
	}
	return copy;
}

const TRIGGER_SETTINGS = [
	'pieceName',
	'pieceVersion',
	'triggerName',
	'input',
	'propertySettings',
	'sampleData',
];
const STEP_SETTINGS = [...TRIGGER_SETTINGS, 'actionName', 'branches', 'executionType'];

/**
 * A step in responses. They omit the items of loops, code and error options. Whether they contain the steps inside
 * loops is not documented: `hidesLoops` is the worse case. https://docs.diga.io/api-reference/openapi.json, StepResponse
 */
export function shownStep(step: Step, isTrigger: boolean, hidesLoops: boolean): Values {
	const { name, type, valid, displayName, skip = false, settings, nextAction } = step;
	const show = (one: Step | null | undefined) => (one ? shownStep(one, false, hidesLoops) : null);
	const loop = hidesLoops ? null : [show(step.firstLoopAction)];
	const children = type === 'LOOP_ON_ITEMS' ? loop : (step.children?.map(show) ?? null);
	const shown = isTrigger ? TRIGGER_SETTINGS : STEP_SETTINGS;
	return {
		name,
		type,
		valid,
		displayName,
		settings: Object.fromEntries(shown.map((key) => [key, settings[key] ?? null])),
		nextAction: show(nextAction),
		...(!isTrigger && { skip, children }),
	};
}
