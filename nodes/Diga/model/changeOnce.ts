import { asOperationError, OperationError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { sleep } from '../../engine/sleep';
import type { DigaApi } from '../api/DigaApi';
import type { DigaFlow } from '../api/resource';

/** The time between the two reads of a flow after a lost response. */
const PAUSE_MS = 2000;

/** A change of a flow that must not be made twice. */
export interface Change {
	/** Starts the error for an unknown outcome, e.g. `The step "a" may have been added`. */
	maybe: string;
	send: () => Promise<DigaFlow>;
	/** Whether a flow shows that the change was made. Undefined if the flow does not show it either way. */
	isDone: (flow: DigaFlow) => boolean | undefined;
	/**
	 * Decides about a successful response if neither it nor the flow shows that the change was made.
	 * @throws OperationError to fail the item
	 */
	whenNotShown: (flow: DigaFlow) => DigaFlow;
}

/** What was found out about a change after a lost response. */
type Recovery = { flow: DigaFlow } | { isMissing: boolean; explanation: string };

/** Reads the flow up to twice to find a change whose response was lost. */
async function recover(
	{ api, run: { signal } }: OperationContext<DigaApi>,
	flow: string,
	{ isDone }: Change,
): Promise<Recovery> {
	let missing = 0;
	let notShown = 0;
	let failed: OperationError | undefined;
	for (const pauseMs of [0, PAUSE_MS]) {
		if (pauseMs > 0) await sleep(pauseMs, signal);
		const now = await api.flows.get(flow).catch(asOperationError);
		if (signal?.aborted) signal.throwIfAborted();
		if (now instanceof OperationError) {
			failed = now;
			continue;
		}
		const done = isDone(now);
		if (done === true) return { flow: now };
		if (done === false) missing++;
		else notShown++;
	}
	const sentences = [
		missing > 0 &&
			`The flow was checked ${missing === 1 ? 'once' : 'twice'} and does not show the change.`,
		notShown > 0 && 'Diga does not show the affected part of the flow.',
		failed && `The flow could not be read to find out: ${failed.message}.`,
	];
	return {
		isMissing: missing > 0 && notShown === 0,
		explanation: sentences.filter(Boolean).join(' '),
	};
}

/**
 * Makes a change and confirms it. After a lost response, looks for the change in the flow. Repeats the request only if
 * Diga was busy and the flow shows that nothing was done, for as long as Keep Retrying For allows.
 * @returns the flow with the change
 */
export async function changeOnce(
	context: OperationContext<DigaApi>,
	flow: string,
	change: Change,
): Promise<DigaFlow> {
	const deadline = Date.now() + context.keepRetryingMs;
	for (let isFirst = true; ; isFirst = false) {
		const sent = await change.send().catch(asOperationError);
		if (!(sent instanceof OperationError)) return await confirm(context, sent, change);
		// a repeated request may be rejected because Diga completed the first one late
		if (!sent.details.outcomeUnknown && isFirst) throw sent;
		const recovery = await recover(context, flow, change);
		if ('flow' in recovery) return recovery.flow;
		if (!sent.details.outcomeUnknown) throw sent;
		const mayRepeat = sent.details.retryAfterCheckMs !== undefined && Date.now() < deadline;
		if (recovery.isMissing && mayRepeat) continue;
		throw sent.withDescription(
			`${change.maybe} anyway. ${recovery.explanation} Check the flow ${flow} before you run this again.`,
		);
	}
}

/** Reads the flow if the response does not show the change. */
async function confirm(
	{ api }: OperationContext<DigaApi>,
	response: DigaFlow,
	{ isDone, whenNotShown, maybe }: Change,
): Promise<DigaFlow> {
	if (isDone(response) === true) return response;
	const now = await api.flows.get(response.id).catch(asOperationError);
	if (now instanceof OperationError) {
		const description = `${maybe}: Diga accepted the request, but its response does not show the change. Check the flow ${response.id} before you run this again.`;
		throw new OperationError(now.message, { ...now.details, outcomeUnknown: true, description });
	}
	return isDone(now) === true ? now : whenNotShown(now);
}
