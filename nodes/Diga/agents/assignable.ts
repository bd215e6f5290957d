import { OperationError } from '../../engine/errors';
import { nonBlankText, quoted } from '../../engine/values';
import type { DigaAgent, DigaFlow } from '../api/resource';
import { nameOf } from './differences';

/** The categories of flows that agents run: https://docs.diga.io/en/build/flows/assign-agents */
const RUN_BY_AGENTS = ['pre_call', 'during_call', 'post_call'];

const WHY_NOT: Record<string, string> = {
	call_launcher: 'it starts calls itself when its trigger fires, so no agent runs it',
	empty: 'it has no trigger that an agent fires',
};

const ONLY = 'Agents run pre-call, during-call and post-call flows that are published and enabled.';

function notAssignable(flow: DigaFlow, why: string, description: string): OperationError {
	return new OperationError(`The flow ${flow.id} cannot be assigned to an agent: ${why}`, {
		fromService: true,
		description: `${description} ${ONLY}`,
	});
}

/** @throws OperationError unless the flow is enabled and of a kind that agents run */
export function mustBeAssignable(flow: DigaFlow): void {
	const status = nonBlankText(flow.status);
	if (status !== 'ENABLED') {
		const why = status === undefined ? 'Diga does not show its status' : `it is ${status}`;
		throw notAssignable(
			flow,
			why,
			'Publish it with Flow > Publish, and enable it with Flow > Set Status.',
		);
	}
	const category = nonBlankText(flow.flow_category);
	if (category !== undefined && RUN_BY_AGENTS.includes(category)) return;
	const why =
		category === undefined
			? 'Diga does not show its category'
			: (WHY_NOT[category] ?? `agents do not run flows of the category ${quoted(category)}`);
	throw notAssignable(flow, why, 'Diga derives the category from the trigger and the steps.');
}

/**
 * @throws OperationError if the flows of the agent are not assigned to the agent itself: a conversational path has them
 * in its nodes. https://docs.diga.io/en/build/flows/assign-agents
 */
export function mustTakeFlows(agent: DigaAgent): void {
	if (agent.mode === 'free') return;
	const isPath = agent.mode === 'path';
	throw new OperationError(
		isPath
			? `The agent ${nameOf(agent)} uses a conversational path, so its flows are not assigned to the agent`
			: `Diga does not show whether the agent ${nameOf(agent)} uses a conversational path`,
		{
			fromService: true,
			description: isPath
				? 'Open the path editor in Diga. Add during-call and post-call flows as flow nodes, and pre-call flows in the Pre-call flows node.'
				: 'Nothing was changed.',
		},
	);
}
