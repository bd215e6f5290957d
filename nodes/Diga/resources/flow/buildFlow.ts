import { recordDeleted } from '../../../engine/create/recordCreated';
import { asOperationError, OperationError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import { assignToAgent } from '../../agents/forFlow';
import type { AgentsOfFlow } from '../../agents/forFlow';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaFlow } from '../../api/resource';
import { freeName, lastName } from '../../model/tree';
import { mustBeValid } from '../../model/validity';
import { addStep } from '../step/addStep';
import type { Remainder } from './remainder';
import { setStatus } from './status';

/** What is done to a flow until it runs. `step` occurs once for each step, and `assign` once for each agent. */
type Stage = 'import' | 'trigger' | 'step' | 'publish' | 'enable' | 'assign';

interface Target {
	flow: DigaFlow;
	name: string;
	remainder: Remainder;
	/** Whether the flow was created for this item. Only such a flow may be deleted. */
	isNew: boolean;
	/** Whether the flow has all parts, and is published and enabled. */
	isEnabled?: boolean;
	agents: AgentsOfFlow;
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
function completedBefore({ remainder: { tree, trigger, done }, isEnabled }: Target): Stage[] {
	if (tree !== undefined || trigger !== undefined) return [];
	const parts: Stage[] = ['trigger', ...Array<Stage>(done).fill('step')];
	return isEnabled ? [...parts, 'publish', 'enable'] : parts;
}

/** Describes a flow by its completed stages, e.g. `It has its trigger and 1 of 3 steps`. */
function describeProgress(
	completed: readonly Stage[],
	{ remainder: { steps }, agents: { ids } }: Target,
): string {
	if (completed.length === 0) return 'It is empty';
	const added = completed.filter((stage) => stage === 'step').length;
	const content =
		added === steps.length
			? 'its trigger and all steps'
			: `its trigger and ${added} of ${steps.length} steps`;
	if (!completed.includes('publish')) return `It has ${content}`;
	if (!completed.includes('enable')) return `It has ${content}, and is published`;
	const assigned = completed.filter((stage) => stage === 'assign').length;
	return `It has ${content}, is published and enabled, and is assigned to ${assigned} of ${ids.length} agents`;
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
	target: Target,
	{ summary, error, completed }: Failure,
): Promise<OperationError> {
	const { flow, name, isNew } = target;
	const next = completed.includes('enable')
		? 'Continue with Agent > Assign Flow'
		: 'Continue with Step > Add, Flow > Publish and Flow > Set Status';
	const rollsBack = isNew && context.parameters.flag('options.deleteTheFlowWhenSetupFails');
	const state = rollsBack
		? await rollBack(context, flow)
		: `The flow "${name}" exists with the ID ${flow.id}. ${describeProgress(completed, target)}. ${next}, or delete it before you run this again.`;
	return new OperationError(`${summary}: ${error.message}`, {
		...error.details,
		description: [error.details.description, state].filter(Boolean).join(' '),
	});
}

/** Performs a stage on the flow as the stages before have left it, and records it. */
type Perform = (
	stage: Stage,
	summary: string,
	send: (flow: DigaFlow) => Promise<DigaFlow>,
) => Promise<void>;

/** Adds what the flow lacks, publishes it and enables it. */
async function buildAndEnable(
	context: OperationContext<DigaApi>,
	{ flow: { id }, name, remainder }: Target,
	perform: Perform,
): Promise<void> {
	const { api, parameters } = context;
	const { tree, trigger, steps, done } = remainder;
	if (tree) {
		await perform('import', 'The flow could not be imported', async () => {
			return await api.flows.import(id, { displayName: name, ...tree });
		});
	}
	if (trigger) {
		await perform('trigger', 'The trigger could not be set', async () => {
			return await api.flows.updateTrigger(id, trigger);
		});
	}
	for (const [index, step] of steps.entries()) {
		if (index < done) continue;
		const summary = `Step ${index + 1}, ${step.displayName}, could not be added`;
		await perform('step', summary, async (flow) => {
			const place = { parentStep: lastName(flow), location: 'AFTER' } as const;
			return await addStep(context, flow, { step: { name: freeName(flow), ...step }, place });
		});
	}
	await perform('publish', 'The flow is complete but was not published', async (flow) => {
		if (parameters.flag('options.stopWhenStepsAreInvalid')) mustBeValid(flow);
		return await api.flows.publish(id);
	});
	await perform('enable', 'The flow was published but not enabled', async (flow) => {
		// Diga does not document whether publishing enables the flow
		return flow.status === 'ENABLED' ? flow : await setStatus(api, id, 'ENABLED');
	});
}

/**
 * Completes an empty or partly built flow, publishes and enables it, and assigns it to the agents. Checks each response before the next request.
 * @throws OperationError that says which stage failed, what exists, and how to continue
 */
export async function buildFlow(
	context: OperationContext<DigaApi>,
	target: Target,
): Promise<DigaFlow> {
	const completed = completedBefore(target);
	let { flow } = target;
	const perform: Perform = async (stage, summary, send) => {
		try {
			flow = await send(flow);
		} catch (thrown) {
			const error = asOperationError(thrown);
			throw await withProgress(context, target, { summary, error, completed });
		}
		completed.push(stage);
	};

	if (!target.isEnabled) await buildAndEnable(context, target, perform);
	for (const agent of target.agents.ids) {
		const summary = `The flow is enabled but was not assigned to the agent ${agent}`;
		await perform('assign', summary, async (enabled) => {
			await assignToAgent(context, enabled, { agent, goLive: target.agents.goLive });
			return enabled;
		});
	}
	return flow;
}
