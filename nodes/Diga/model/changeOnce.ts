import { asOperationError, OperationError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { sleep } from '../../engine/sleep';
import type { DigaApi, DigaFlow } from '../api/DigaApi';

/** Between the two looks for what may have been done. */
const LOOK_AGAIN_MS = 2000;

/** A change of a flow that must not be made twice. */
export interface Change {
	/** What it may have done, as the beginning of a sentence, e.g. `The step "a" may have been added`. */
	maybe: string;
	send: () => Promise<DigaFlow>;
	/** Whether a flow shows that it was made; undefined when the flow does not tell. */
	isDone: (flow: DigaFlow) => boolean | undefined;
	/**
	 * What comes of an answer that is good, while neither it nor the flow shows that the change was made.
	 * @throws Fault when that is not good enough
	 */
	unseen: (flow: DigaFlow) => DigaFlow;
}

/** What was seen of a change for which no good answer came. */
type Seen = { flow: DigaFlow } | { isMissing: boolean; words: string };

async function look(
	{ api, run: { signal } }: OperationContext<DigaApi>,
	flow: string,
	{ isDone }: Change,
): Promise<Seen> {
	let missing = 0;
	let untold = 0;
	let failed: OperationError | undefined;
	for (const pauseMs of [0, LOOK_AGAIN_MS]) {
		if (pauseMs > 0) await sleep(pauseMs, signal);
		const now = await api.getFlow(flow).catch(asOperationError);
		if (signal?.aborted) signal.throwIfAborted();
		if (now instanceof OperationError) {
			failed = now;
			continue;
		}
		const done = isDone(now);
		if (done === true) return { flow: now };
		if (done === false) missing++;
		else untold++;
	}
	const words = [
		missing > 0 && `It was looked for ${missing === 1 ? 'once' : 'twice'} and not found.`,
		untold > 0 && 'What Diga shows of the flow does not tell.',
		failed && `The flow could not be read to find out: ${failed.message}.`,
	];
	return { isMissing: missing > 0 && untold === 0, words: words.filter(Boolean).join(' ') };
}

/**
 * Makes a change, and makes sure that it was made. When no good answer comes, it is looked for in the flow. It is sent
 * again only when Diga said that it was busy and the flow shows that nothing was done, for as long as Keep Retrying For.
 * @returns the flow with the change
 */
export async function changeOnce(
	context: OperationContext<DigaApi>,
	flow: string,
	change: Change,
): Promise<DigaFlow> {
	const until = Date.now() + context.keepRetryingMs;
	for (let isFirst = true; ; isFirst = false) {
		const sent = await change.send().catch(asOperationError);
		if (!(sent instanceof OperationError)) return await confirmed(context, sent, change);
		// what was sent again may be refused because the first one was carried out late
		if (!sent.details.outcomeUnknown && isFirst) throw sent;
		const seen = await look(context, flow, change);
		if ('flow' in seen) return seen.flow;
		if (!sent.details.outcomeUnknown) throw sent;
		const mayGoAgain = sent.details.retryAfterCheckMs !== undefined && Date.now() < until;
		if (seen.isMissing && mayGoAgain) continue;
		throw sent.withDescription(
			`${change.maybe} all the same. ${seen.words} Look at the flow ${flow} before you run this again.`,
		);
	}
}

/** An answer may lack what tells whether the change was made; then the flow is read. */
async function confirmed(
	{ api }: OperationContext<DigaApi>,
	answer: DigaFlow,
	{ isDone, unseen, maybe }: Change,
): Promise<DigaFlow> {
	if (isDone(answer) === true) return answer;
	const now = await api.getFlow(answer.id).catch(asOperationError);
	if (now instanceof OperationError) {
		const description = `${maybe}: Diga took the request, and its answer does not tell. Look at the flow ${answer.id} before you run this again.`;
		throw new OperationError(now.message, { ...now.details, outcomeUnknown: true, description });
	}
	return isDone(now) === true ? now : unseen(now);
}
