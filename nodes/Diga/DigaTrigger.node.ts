import { NodeConnectionTypes, updateDisplayOptions } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IHookFunctions,
	IPollFunctions,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { triggerFields } from '../engine/trigger/alarmFields';
import { pollNow, recordPoll, startInstant } from '../engine/trigger/instantPoll';
import { pollEvent, subtitleOf } from '../engine/trigger/pollEvent';
import { pollRuns } from '../engine/trigger/pollingTrigger';
import type { PollContext } from '../engine/trigger/runTrigger';
import { getAgents } from './pickers/agent';
import { getFlows } from './pickers/flow';
import { isRegistered, register, unregister } from './callWebhook';
import { callFields, callTrigger } from './callTrigger';
import { runTrigger } from './runTrigger';

const CALL_FINISHED = 'callFinished';

const properties = triggerFields(runTrigger.fields, {
	events: [
		{
			name: 'Call Finished',
			value: CALL_FINISHED,
			description: 'Runs the workflow once for each finished call, with or without its transcript',
		},
	],
	fields: updateDisplayOptions({ show: { event: [CALL_FINISHED] } }, callFields),
});

function isOnCalls(context: PollContext): boolean {
	return context.getNodeParameter('event', 'runFinished') === CALL_FINISHED;
}

export class DigaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Diga Trigger',
		name: 'digaTrigger',
		icon: { light: 'file:../../icons/diga.svg', dark: 'file:../../icons/diga.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOf('executions'),
		description:
			'Starts the workflow once for each finished execution of a Diga flow or each finished call, or when a flow has no successful execution or is deactivated',
		defaults: { name: 'Diga Trigger' },
		polling: true,
		webhooks: [
			{
				name: 'default',
				// n8n registers no webhook without a method, and none for a test in the editor, which polls
				httpMethod: `={{ $parameter["event"] === "${CALL_FINISHED}" && $parameter["instant"] && $workflow.active ? "POST" : "" }}`,
				responseMode: 'onReceived',
				path: 'webhook',
				ndvHideUrl: true,
				ndvHideMethod: true,
			},
		],
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'digaApi', required: true }],
		properties,
	};

	methods = { loadOptions: { getAgents, getFlows } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	/** A notification says only that something has changed: its content is neither documented nor trusted. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		await pollNow(this);
		return { webhookResponse: 'OK' };
	}

	/** n8n calls it on activation. Polls find the calls; this context lets a notification poll, too. */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse | undefined> {
		if (!isOnCalls(this) || this.getNodeParameter('instant', false) !== true) return undefined;
		const closeFunction = startInstant(this, async () => await pollRuns(this, callTrigger));
		return await Promise.resolve({ closeFunction });
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (!isOnCalls(this)) return await pollEvent(this, runTrigger);
		if (this.getMode() !== 'manual') recordPoll(this);
		return await pollRuns(this, callTrigger);
	}
}
