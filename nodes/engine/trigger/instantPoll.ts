import type {
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { asOperationError } from '../errors';

/**
 * Polls at once when a service sends a notification, so that the workflow need not wait for the next poll.
 *
 * n8n loads the static data of a webhook from its database, apart from the data that polls use. Two copies of the state
 * would report a run twice. So the node also has a `trigger` method: n8n gives it the same workflow object as the polls,
 * and an `emit` that stores the static data. A notification polls with this context.
 * https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/triggers-and-pollers.ts
 *
 * n8n's scheduler for polls loads the state for each poll. So a notification has an effect only after two polls that used
 * the state of the trigger context, and only in the process that polls. Otherwise, the next poll finds the run.
 */

type Look = () => Promise<INodeExecutionData[][] | null>;

/** An active trigger that polls when a notification arrives. */
interface InstantTrigger {
	context: ITriggerFunctions;
	look: Look;
	/** How many polls have used the state of the context in succession. */
	polls: number;
	isRunning: boolean;
	/** The notifications that arrived during polls, which may have read the list before the change. */
	requests: number;
}

/** How many polls the notifications that arrive during a poll cause at most. */
const MAX_REPEATS = 3;
/** How many polls must have used the state of the trigger context. The first poll does, even with n8n's scheduler. */
const MIN_POLLS = 2;

const triggers = new Map<string, InstantTrigger>();

type Context = IPollFunctions | ITriggerFunctions | IWebhookFunctions;

function keyOf(context: Context): string {
	return `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
}

function stateOf(context: Context): IDataObject {
	return context.getWorkflowStaticData('node');
}

/** Starts to poll when notifications arrive. @returns how to stop */
export function startInstant(context: ITriggerFunctions, look: Look): () => Promise<void> {
	const key = keyOf(context);
	const trigger = { context, look, polls: 0, isRunning: false, requests: 0 };
	triggers.set(key, trigger);
	return async () => {
		if (triggers.get(key) === trigger) triggers.delete(key);
		await Promise.resolve();
	};
}

/** Call it in each poll that is not a test. */
export function recordPoll(context: IPollFunctions): void {
	const trigger = triggers.get(keyOf(context));
	if (!trigger) return;
	trigger.polls = stateOf(context) === stateOf(trigger.context) ? trigger.polls + 1 : 0;
}

async function lookAgain(trigger: InstantTrigger): Promise<INodeExecutionData[]> {
	const found: INodeExecutionData[] = [];
	for (let looks = 0; looks < MAX_REPEATS; looks++) {
		const { requests } = trigger;
		found.push(...((await trigger.look())?.[0] ?? []));
		if (trigger.requests === requests) break;
	}
	return found;
}

/** Polls the trigger of a webhook, and starts the workflow if runs have finished since the last poll. */
export async function pollNow(webhook: IWebhookFunctions): Promise<void> {
	const key = keyOf(webhook);
	const trigger = triggers.get(key);
	if (!trigger || trigger.polls < MIN_POLLS) return;
	if (trigger.isRunning) {
		trigger.requests++;
		return;
	}
	trigger.isRunning = true;
	try {
		const found = await lookAgain(trigger);
		// the next activation starts from the state that is stored
		const isActive = triggers.get(key) === trigger;
		if (found.length > 0 && isActive) trigger.context.emit([found]);
	} catch (error) {
		const { message } = asOperationError(error);
		webhook.logger.warn(`The poll after a notification failed: ${message}`);
	} finally {
		trigger.isRunning = false;
	}
}
