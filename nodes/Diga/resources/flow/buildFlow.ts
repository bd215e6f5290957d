import { recordDeleted } from '../../../engine/create/recordCreated';
import { asOperationError, OperationError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaFlow } from '../../api/resource';
import { freeName, lastName } from '../../model/tree';
import { mustBeValid } from '../../model/validity';
import { addStep } from '../step/addStep';
import type { Remainder } from './remainder';
import { setStatus } from './status';

/** What is done to a flow until it runs. `step` occurs once for each step. */
type Stage = 'import' | 'trigger' | 'step' | 'publish' | 'enable';

interface Target {
	flow: DigaFlow;
	name: string;
	remainder: Remainder;
	/** Whether the flow was created for this item. Only such a flow may be deleted. */
	isNew: boolean;
}

/** A stage that failed. */
interface Failure {
	/** Starts the error message, e.g. `The trigger could not be set`. */
	summary: string;
	error: OperationError;
	/** The stages before it. */
	completed: readonly Stage[];
}

/** The stages that an existing flow has completed. */
function completedBefore({ tree, trigger, done }: Remainder): Stage[] {
	if (tree !== undefined || trigger !== undefined) return [];
	return ['trigger', ...Array<Stage>(done).fill('step')];
}

/** Describes a flow by its completed stages, e.g. `It has its trigger and 1 of 3 steps`. */
function describeProgress(completed: readonly Stage[], { steps }: Remainder): string {
	if (completed.length === 0) return 'It is empty';
	const added = completed.filter((stage) => stage === 'step').length;
	const content =
		added === steps.length
			? 'its trigger and all steps'
			: `its trigger and ${added} of ${steps.length} steps`;
	return `It has ${content}${completed.includes('publish') ? ', and is published' : ''}`;
}

/** Deletes the new flow. @returns a sentence about the result */
async function rollBack(
	{ api, run }: OperationContext<DigaApi>,
	{ id }: DigaFlow,
): Promise<string> {
	const deleted = await api.flows.delete(id).catch(asOperationError);
	if (deleted instanceof OperationError) {
		return `The new flow ${id} could not be deleted (${deleted.message}). Delete it before you run this again.`;
	}
	recordDeleted(run, { kind: 'flow', id });
	return `The new flow ${id} was deleted, so you can run this again.`;
}

/** Adds to an error which stage failed, what exists, and how to continue. */
async function withProgress(
	context: OperationContext<DigaApi>,
	{ flow, name, remainder, isNew }: Target,
	{ summary, error, completed }: Failure,
): Promise<OperationError> {
	const rollsBack = isNew && context.parameters.flag('options.deleteTheFlowWhenSetupFails');
	const state = rollsBack
		? await rollBack(context, flow)
		: `The flow "${name}" exists with the ID ${flow.id}. ${describeProgress(completed, remainder)}. Continue with Step > Add, Flow > Publish and Flow > Set Status, or delete it before you run this again.`;
	return new OperationError(`${summary}: ${error.message}`, {
		...error.details,
		description: [error.details.description, state].filter(Boolean).join(' '),
	});
}

/**
 * Completes an empty or partly built flow, publishes and enables it. Checks each response before the next request.
 * @throws OperationError that says which stage failed, what exists, and how to continue
 */
export async function buildFlow(
	context: OperationContext<DigaApi>,
	target: Target,
): Promise<DigaFlow> {
	const { api, parameters } = context;
	const { tree, trigger, steps, done } = target.remainder;
	const completed = completedBefore(target.remainder);
	let { flow } = target;
	const perform = async (stage: Stage, summary: string, send: () => Promise<DigaFlow>) => {
		try {
			flow = await send();
		} catch (thrown) {
			const error = asOperationError(thrown);
			throw await withProgress(context, target, { summary, error, completed });
		}
		completed.push(stage);
	};

	if (tree) {
		await perform('import', 'The flow could not be imported', async () => {
			return await api.flows.import(flow.id, { displayName: target.name, ...tree });
		});
	}
	if (trigger) {
		await perform('trigger', 'The trigger could not be set', async () => {
			return await api.flows.updateTrigger(flow.id, trigger);
		});
	}
	for (const [index, step] of steps.entries()) {
		if (index < done) continue;
		const summary = `Step ${index + 1}, ${step.displayName}, could not be added`;
		await perform('step', summary, async () => {
			const place = { parentStep: lastName(flow), location: 'AFTER' } as const;
			return await addStep(context, flow, { step: { name: freeName(flow), ...step }, place });
		});
	}
	await perform('publish', 'The flow is complete but was not published', async () => {
		if (parameters.flag('options.stopWhenStepsAreInvalid')) mustBeValid(flow);
		return await api.flows.publish(flow.id);
	});
	// Diga does not document whether publishing enables the flow
	if (flow.status === 'ENABLED') return flow;
	await perform('enable', 'The flow was published but not enabled', async () => {
		return await setStatus(api, flow.id, 'ENABLED');
	});
	return flow;
}
