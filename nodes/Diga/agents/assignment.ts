import { asOperationError, OperationError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { sleep } from '../../engine/sleep';
import type { DigaApi } from '../api/DigaApi';
import type { DigaAgent } from '../api/resource';
import { withAgentLock } from '../model/locks';
import { mustTakeFlows } from './assignable';
import { flowsOf, nameOf, shownFlows } from './differences';
import { publishAgent } from './publication';
import type { PublishOptions } from './publication';

/** The time between a write and the check whether another client has overwritten it, and between two reads. */
const PAUSE_MS = 1000;

/** How often a flow is written that other clients remove. */
const MAX_ATTEMPTS = 5;

/** A flow that an agent must have, or must not have. */
export interface FlowChange {
	flow: string;
	isAssigned: boolean;
}

/** Whether a response shows the change. False if it does not show all flows. */
function has(agent: DigaAgent, { flow, isAssigned }: FlowChange): boolean {
	return shownFlows(agent)?.includes(flow) === isAssigned;
}

/** @throws OperationError if the draft is not one whose flows can be changed */
async function readDraft(api: DigaApi, agent: string): Promise<DigaAgent> {
	const draft = await api.agents.get(agent);
	mustTakeFlows(draft);
	flowsOf(draft);
	return draft;
}

function maybe({ flow, isAssigned }: FlowChange, agent: string): string {
	return `The flow ${flow} may be ${isAssigned ? 'assigned to' : 'removed from'} the agent ${agent} anyway. You can run this again: an assignment is never made twice.`;
}

/** Reads the draft up to twice, to settle a write whose response does not show the change. */
async function readBack(
	{ api, run: { signal } }: OperationContext<DigaApi>,
	agent: string,
	change: FlowChange,
): Promise<DigaAgent | OperationError | undefined> {
	let failed: OperationError | undefined;
	for (const pauseMs of [0, PAUSE_MS]) {
		if (pauseMs > 0) await sleep(pauseMs, signal);
		const draft = await readDraft(api, agent).catch(asOperationError);
		if (signal?.aborted) signal.throwIfAborted();
		if (draft instanceof OperationError) failed = draft;
		else if (has(draft, change)) return draft;
		else failed = undefined;
	}
	return failed;
}

/** Writes the flows of a draft once. @returns the draft, or why it is not certain that it has the change */
async function write(
	context: OperationContext<DigaApi>,
	draft: DigaAgent,
	change: FlowChange,
): Promise<DigaAgent | OperationError> {
	const { flow, isAssigned } = change;
	const others = flowsOf(draft).filter((id) => id !== flow);
	const id = draft.agent_id;
	const sent = await context.api.agents
		.setFlows(id, isAssigned ? [...others, flow] : others)
		.catch(asOperationError);
	if (sent instanceof OperationError) {
		if (!sent.details.outcomeUnknown) throw sent;
	} else if (has(sent, change)) {
		return sent;
	}
	const found = await readBack(context, id, change);
	if (found && !(found instanceof OperationError)) return found;
	if (sent instanceof OperationError) return sent.withDescription(maybe(change, id));
	if (found)
		return new OperationError(found.message, {
			...found.details,
			outcomeUnknown: true,
			description: maybe(change, id),
		});
	return new OperationError(
		`Diga did not report an error, but the flows of the agent ${nameOf(draft)} have not changed`,
		{ fromService: true, description: maybe(change, id) },
	);
}

/** Changes the draft if it differs. Only called with the lock of the agent. */
async function changeDraft(
	context: OperationContext<DigaApi>,
	agent: string,
	change: FlowChange,
): Promise<{ draft: DigaAgent; isChanged: boolean }> {
	const { api, run, keepRetryingMs } = context;
	const deadline = Date.now() + keepRetryingMs;
	let uncertain: OperationError | undefined;
	for (let attempt = 1; ; attempt++) {
		const draft = await readDraft(api, agent).catch(asOperationError);
		run.signal?.throwIfAborted();
		// an error of a read does not say that the change may have been made
		if (draft instanceof OperationError) throw uncertain ?? draft;
		if (has(draft, change)) return { draft, isChanged: attempt > 1 };
		const written = await write(context, draft, change);
		if (!(written instanceof OperationError)) return { draft: written, isChanged: true };
		// safe to repeat, because the flows are read and merged again
		if (attempt >= MAX_ATTEMPTS || Date.now() >= deadline) throw written;
		uncertain = written;
	}
}

/**
 * Assigns a flow to an agent, or removes it, and publishes the agent if wanted. Writes nothing that is already so.
 * Items of a node run that change the same agent take turns. Other clients cannot be locked out, and a list of flows
 * replaces all of them, so the draft is read again after a pause, and changed again if the change is lost.
 * @param goLive undefined to change only the draft
 * @returns the draft, or the published version
 */
export async function changeFlows(
	context: OperationContext<DigaApi>,
	agent: string,
	{ goLive, ...wanted }: FlowChange & { goLive?: PublishOptions },
): Promise<DigaAgent> {
	const { api, run } = context;
	for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
		const change = async () => await changeDraft(context, agent, wanted);
		const { draft, isChanged } = await withAgentLock(context, agent, change);
		// on its own turn, after the other items have changed the draft, so that one version has all changes
		const publish = async () => {
			const latest = await api.agents.get(agent);
			return goLive && has(latest, wanted)
				? await publishAgent(context, latest, goLive)
				: undefined;
		};
		const published = goLive && (await withAgentLock(context, agent, publish));
		if (!isChanged && (published || !goLive)) return published ?? draft;
		await sleep(PAUSE_MS, run.signal);
		const now = await api.agents.get(agent);
		if (has(now, wanted) && (published || !goLive)) return published ?? now;
	}
	throw new OperationError(
		`Another client replaces the flows of the agent ${agent} each time this node changes them`,
		{ fromService: true, description: 'Change the flows of an agent from one place at a time.' },
	);
}
