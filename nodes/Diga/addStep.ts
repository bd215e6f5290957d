import { asFault, Fault, refusal } from '../engine/fault';
import { waitFor } from '../engine/wait';
import type { DigaApi, DigaFlow, NewStep, StepPlace } from './DigaApi';
import { knownStep, unknownStep } from './resources/shared';
import { findStep, isHiddenLoop, stepsOf } from './tree';

/** Between the two looks for a step that may have been added. */
const LOOK_AGAIN_MS = 2000;

/**
 * Adds a step, and makes sure that it is there: Diga may take a step for an unknown parent, and do nothing.
 * When no good answer comes, it is looked for in the flow, rather than sent again.
 * @param before the flow as it is
 * @returns the flow with the step
 */
export async function addStep(
	api: DigaApi,
	before: DigaFlow,
	{ step, place, signal }: { step: NewStep; place: StepPlace; signal?: AbortSignal },
): Promise<DigaFlow> {
	if (findStep(before, step.name)) {
		throw refusal(
			`The flow ${before.id} has a step "${step.name}" already`,
			'Enter another Step Name, or leave it empty to have one made.',
		);
	}
	// a flow that shows no step at all has a trigger nevertheless
	if (stepsOf(before).length > 0) knownStep(before, place.parentStep);
	const after = await api.addStep(before.id, step, place).catch(async (thrown: unknown) => {
		const fault = asFault(thrown);
		if (!fault.parts.mayBeDone) throw fault;
		return await lookFor(api, before.id, { name: step.name, fault, signal });
	});
	const parent = findStep(after, place.parentStep);
	if (findStep(after, step.name) || (parent && isHiddenLoop(parent))) return after;
	if (parent) {
		throw new Fault(`Diga did not add the step "${step.name}", and did not say why`, {
			asked: true,
			description: 'Look at the flow in Diga before you run this again.',
		});
	}
	const fault = unknownStep(after, place.parentStep);
	// its content may be in no answer, so that the parent may be in there, and the step as well
	if (!stepsOf(after).some(isHiddenLoop)) throw fault;
	throw fault.describedAs(
		`If "${place.parentStep}" is inside a loop, the step was added: Diga does not show what is in loops. Look at the flow in Diga before you run this again.`,
	);
}

async function lookFor(
	api: DigaApi,
	flow: string,
	{ name, fault, signal }: { name: string; fault: Fault; signal?: AbortSignal },
): Promise<DigaFlow> {
	const patience = { intervalMs: LOOK_AGAIN_MS, timeoutMs: LOOK_AGAIN_MS, signal };
	const found = await waitFor(patience, async () => {
		const now = await api.getFlow(flow).catch(asFault);
		return now instanceof Fault || !findStep(now, name) ? undefined : now;
	});
	if (found) return found;
	throw fault.describedAs(
		`The step "${name}" may have been added to the flow ${flow} all the same; it was looked for twice and not found. Look at the flow before you run this again.`,
	);
}
