import { asOperationError, OperationError } from '../../../engine/errors';
import { recordDeleted } from '../../../engine/create/recordCreated';
import type { OperationContext } from '../../../engine/operation';
import { addStep } from '../step/addStep';
import type { DigaApi, DigaFlow } from '../../api/DigaApi';
import type { Remainder } from './remainder';
import { setStatus } from './status';
import { freeName, lastName } from '../../model/tree';
import { mustBeValid } from '../../model/validity';

/** How far it came, in words that complete a sentence. */
interface Progress {
	/** What is being done, e.g. `Step 2, Send Email, could not be added`. */
	failing: string;
	/** What there is, e.g. `it has its trigger and 1 of 3 steps`. */
	exists: string;
}

interface Target {
	flow: DigaFlow;
	name: string;
	/** What there is to do. */
	remainder: Remainder;
	/** It was created for this; one that was there before is never deleted. */
	isNew: boolean;
}

/** Does what is left, publishes and enables; each answer is checked before the next request. */
async function fillAndEnable(
	context: OperationContext<DigaApi>,
	{ flow: before, name, remainder }: Target,
	progress: Progress,
): Promise<DigaFlow> {
	const { api, parameters } = context;
	const { tree, trigger, steps, done } = remainder;
	let flow = before;
	if (tree) {
		progress.failing = 'The flow could not be imported';
		flow = await api.importFlow(flow.id, { displayName: name, ...tree });
	}
	if (trigger) {
		progress.failing = 'The trigger could not be set';
		flow = await api.updateTrigger(flow.id, trigger);
	}
	for (const [index, step] of steps.entries()) {
		if (index < done) continue;
		progress.exists = `it has its trigger and ${index} of ${steps.length} steps`;
		progress.failing = `Step ${index + 1}, ${step.displayName}, could not be added`;
		const place = { parentStep: lastName(flow), location: 'AFTER' } as const;
		flow = await addStep(context, flow, { step: { name: freeName(flow), ...step }, place });
	}
	progress.exists =
		steps.length > 0 ? 'it has its trigger and all of its steps' : 'it has its trigger and steps';
	progress.failing = 'The flow was set up, but not published';
	if (parameters.flag('options.stopWhenStepsAreInvalid')) mustBeValid(flow);
	flow = await api.publishFlow(flow.id);
	progress.exists += ', and is published';
	progress.failing = 'The flow was published, but not enabled';
	// publishing may have enabled it already; whether it does is not documented
	return flow.status === 'ENABLED' ? flow : await setStatus(api, flow.id, 'ENABLED');
}

/** Deletes what was created in vain; what became of it, as a sentence. */
async function rollBack(
	{ api, run }: OperationContext<DigaApi>,
	{ id }: DigaFlow,
): Promise<string> {
	const failed = await api.deleteFlow(id).catch(asOperationError);
	if (failed instanceof OperationError) {
		return `The flow ${id} could not be deleted again (${failed.message}); delete it before you run this again.`;
	}
	recordDeleted(run, { kind: 'flow', id });
	return `The flow ${id} was deleted again, so that this can simply be run again.`;
}

/** What could not be done, what there is now, and how to go on. */
async function withProgress(
	context: OperationContext<DigaApi>,
	{ error, flow, name, isNew }: Target & { error: OperationError },
	{ failing, exists }: Progress,
): Promise<OperationError> {
	const what =
		isNew && context.parameters.flag('options.deleteTheFlowWhenSetupFails')
			? await rollBack(context, flow)
			: `The flow "${name}" exists with the ID ${flow.id}: ${exists}. Go on with Step > Add, Flow > Publish and Flow > Set Status, or delete it before you run this again.`;
	return new OperationError(`${failing}: ${error.message}`, {
		...error.details,
		description: [error.details.description, what].filter(Boolean).join(' '),
	});
}

/**
 * Makes a flow that runs out of one that is empty, or was set up in part.
 * @throws Fault that says what could not be done, what there is now, and how to go on
 */
export async function buildFlow(
	context: OperationContext<DigaApi>,
	target: Target,
): Promise<DigaFlow> {
	const { tree, trigger, done, steps } = target.remainder;
	const isEmpty = tree !== undefined || trigger !== undefined;
	const exists = isEmpty
		? 'it is empty'
		: `it has its trigger and ${done} of ${steps.length} steps`;
	const progress = { failing: '', exists };
	return await fillAndEnable(context, target, progress).catch(async (thrown: unknown) => {
		throw await withProgress(context, { ...target, error: asOperationError(thrown) }, progress);
	});
}
