// The calls, transcripts and webhooks of the Diga sandbox.
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'openapi-backend';
import type { ContractReply } from '../contract.ts';
import type { Phone } from './agents.ts';
import type { Values } from './tree.ts';

export type CallStatus = 'dialing' | 'in_queue' | 'in_progress' | 'completed';

export interface Message extends Values {
	id: string;
	created_date: string;
	role: 'user' | 'assistant' | 'tool';
	content?: string | null;
}

/** A call. Its status changes by the sandbox's clock. Tests add calls with {@link Calls.ring}. */
export interface Call {
	id: string;
	agent: string;
	type: 'inbound' | 'outbound';
	/** The other end. */
	number: string;
	/** ISO 8601. */
	created: string;
	endReason: string | null;
	/** When each status begins, in ms after `created`. */
	queuedAfterMs: number;
	answeredAfterMs: number;
	completedAfterMs: number;
	variables: Values | null;
	/** The transcript, oldest first. Empty if nobody spoke. */
	messages: Message[];
	/** How long after the end the transcript appears, in ms. */
	transcriptAfterMs: number;
}

export interface Webhook {
	id: string;
	url: string;
	subscribed_events: string[];
	created_date: string;
	secret: string;
}

/** A notification about a call, and how the receiver responded. */
export interface Delivery {
	call: string;
	status: CallStatus;
	/** Undefined if it was dropped or the receiver was not reached. */
	response?: number;
}

export type CallPermission =
	| 'calls.view'
	| 'calls.create'
	| 'messages.view'
	| 'webhooks.view'
	| 'webhooks.create'
	| 'webhooks.delete';

/** The phone number with an outbound agent that a new sandbox has. */
export const PHONE = { id: '90e10000-0000-4000-8000-000000000002', number: '+34910000002' };

/** The agent of calls for which a test names no other. */
export const AGENT = '7c0ffee0-2222-4000-8000-000000000001';

type Handler = [permission: CallPermission, reply: (context: Context) => ContractReply];

function refused(status: number, error_code: string, message: string): ContractReply {
	return { status, body: { status: 'error', error_code, message } };
}

function idIn({ request }: Context): string {
	return (request.params as { id: string }).id;
}

function queryOf({ request }: Context): Record<string, string | undefined> {
	return request.query as Record<string, string | undefined>;
}

/** A page of a list. @param newestFirst all entries that fit the filters */
function pageOf<One extends { id: string }>(
	newestFirst: One[],
	{ order = 'desc', after, limit }: Record<string, string | undefined>,
	size: number,
) {
	const sorted = order === 'asc' ? newestFirst.toReversed() : newestFirst;
	const from = sorted.findIndex(({ id }) => id === after) + 1;
	const to = from + Number(limit ?? size);
	const data = sorted.slice(from, to);
	return {
		data,
		has_more: to < sorted.length,
		first_id: data[0]?.id ?? null,
		last_id: data.at(-1)?.id ?? null,
	};
}

export class Calls {
	readonly calls: Call[] = [];

	readonly webhooks: Webhook[] = [];

	readonly deliveries: Delivery[] = [];

	/** Whether notifications are lost. */
	dropsDeliveries = false;

	private readonly announced = new Map<string, CallStatus>();

	private readonly timers = new Set<NodeJS.Timeout>();

	private readonly now: () => number;

	private readonly phones: () => Phone[];

	/**
	 * @param now the sandbox's clock, in epoch ms
	 * @param phones the phone numbers of the project
	 */
	constructor(now: () => number, phones: () => Phone[]) {
		this.now = now;
		this.phones = phones;
	}

	readonly handlers: Record<string, Handler> = {
		listCalls: ['calls.view', (context) => this.list(context)],
		makeCall: ['calls.create', ({ request }) => this.make(request.requestBody as Values)],
		getCall: [
			'calls.view',
			(context) => {
				const call = this.callIn(context);
				return call ? { status: 200, body: this.shown(call) } : this.unknown(context);
			},
		],
		listMessages: ['messages.view', (context) => this.listMessages(context)],
		listWebhooks: [
			'webhooks.view',
			(context) => {
				const page = pageOf(this.webhooks.toReversed(), queryOf(context), 20);
				return { status: 200, body: { ...page, data: page.data.map(shownWebhook) } };
			},
		],
		createWebhook: [
			'webhooks.create',
			({ request }) => {
				const { url, subscribed_events } = request.requestBody as Webhook;
				const webhook = {
					id: randomUUID(),
					url,
					subscribed_events,
					created_date: this.iso(this.now()),
					secret: `whsec_${randomBytes(12).toString('hex')}`,
				};
				this.webhooks.push(webhook);
				return { status: 200, body: webhook };
			},
		],
		getWebhook: [
			'webhooks.view',
			(context) => {
				const webhook = this.webhooks.find(({ id }) => id === idIn(context));
				return webhook
					? { status: 200, body: shownWebhook(webhook) }
					: refused(404, 'WEBHOOK_NOT_FOUND', 'Webhook not found');
			},
		],
		deleteWebhook: [
			'webhooks.delete',
			(context) => {
				const index = this.webhooks.findIndex(({ id }) => id === idIn(context));
				if (index < 0) return refused(404, 'WEBHOOK_NOT_FOUND', 'Webhook not found');
				this.webhooks.splice(index, 1);
				return { status: 200, body: {} };
			},
		],
	};

	/** Starts a call: dialing, in queue, in progress, then completed after 5 seconds unless `more` says when. */
	ring(more: Partial<Call> = {}): Call {
		const call: Call = {
			id: randomUUID(),
			agent: AGENT,
			type: 'inbound',
			number: '+34600000000',
			created: this.iso(this.now()),
			endReason: 'user_hangup',
			queuedAfterMs: 500,
			answeredAfterMs: 1000,
			completedAfterMs: 5000,
			variables: null,
			messages: [],
			transcriptAfterMs: 0,
			...more,
		};
		this.calls.push(call);
		for (const ms of [call.queuedAfterMs, call.answeredAfterMs, call.completedAfterMs]) {
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				this.announce();
			}, ms + 5);
			this.timers.add(timer.unref());
		}
		this.announce();
		return call;
	}

	/** What was said in a call, oldest first. */
	static spoken(...lines: string[]): Message[] {
		return lines.map((content, index) => ({
			id: randomUUID(),
			created_date: new Date(Date.UTC(2026, 6, 1, 10, 0, index)).toISOString(),
			role: index % 2 === 0 ? 'assistant' : 'user',
			content,
		}));
	}

	/** Notifies the webhooks of each call whose status has changed. */
	announce(): void {
		for (const call of this.calls) {
			const status = this.statusOf(call);
			if (this.announced.get(call.id) === status) continue;
			this.announced.set(call.id, status);
			for (const webhook of this.webhooks) void this.deliver(webhook, call);
		}
	}

	reset(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.announced.clear();
		this.dropsDeliveries = false;
		for (const list of [this.calls, this.webhooks, this.deliveries]) list.length = 0;
	}

	shown(call: Call): Values & { id: string } {
		const status = this.statusOf(call);
		const isOver = status === 'completed';
		const start = Date.parse(call.created);
		return {
			id: call.id,
			agent_id: call.agent,
			agent_version_id: null,
			status,
			recording_url: null,
			start_time: status === 'dialing' ? null : call.created,
			end_time: isOver ? this.iso(start + call.completedAfterMs) : null,
			duration: isOver ? Math.round((call.completedAfterMs - call.answeredAfterMs) / 1000) : null,
			type: call.type,
			end_reason: isOver ? call.endReason : null,
			contact: {
				id: AGENT.replace('2222', '3333'),
				created_date: call.created,
				identifier: call.number,
				contact_type: 'call',
			},
			phone_register_id: PHONE.id,
			dynamic_variables: call.variables,
			created_date: call.created,
		};
	}

	private async deliver({ url, secret }: Webhook, call: Call): Promise<void> {
		const delivery: Delivery = { call: call.id, status: this.statusOf(call) };
		this.deliveries.push(delivery);
		if (this.dropsDeliveries) return;
		// neither the payload nor the format of the signature is documented: https://docs.diga.io/api-reference/openapi.json
		const body = JSON.stringify({ event: 'status_changed', data: { id: call.id } });
		const signature = createHmac('sha256', secret).update(body).digest('hex');
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'diga-signature': signature },
			body,
		}).catch(() => undefined);
		delivery.response = response?.status;
	}

	private iso(ms: number): string {
		return new Date(ms).toISOString();
	}

	private statusOf(call: Call): CallStatus {
		const age = this.now() - Date.parse(call.created);
		if (age >= call.completedAfterMs) return 'completed';
		if (age >= call.answeredAfterMs) return 'in_progress';
		return age >= call.queuedAfterMs ? 'in_queue' : 'dialing';
	}

	private callIn(context: Context): Call | undefined {
		return this.calls.find(({ id }) => id === idIn(context));
	}

	private unknown(context: Context): ContractReply {
		return refused(404, 'CALL_NOT_FOUND', `Call ${idIn(context)} not found`);
	}

	private list(context: Context): ContractReply {
		const query = queryOf(context);
		if (query.after !== undefined && query.before !== undefined) {
			const message = "Cannot specify both 'before' and 'after' parameters";
			return refused(422, 'INVALID_PAGINATION_PARAMETERS', message);
		}
		const fits = (call: Call) =>
			(query.agent_id === undefined || call.agent === query.agent_id) &&
			(query.status === undefined || this.statusOf(call) === query.status) &&
			(query.type === undefined || call.type === query.type) &&
			(query.start_created_date === undefined ||
				Date.parse(call.created) >= Date.parse(query.start_created_date)) &&
			(query.end_created_date === undefined ||
				Date.parse(call.created) <= Date.parse(query.end_created_date));
		const newestFirst = this.calls
			.filter(fits)
			.reverse()
			.sort((a, b) => Date.parse(b.created) - Date.parse(a.created));
		const page = pageOf(newestFirst, query, 50);
		return { status: 200, body: { ...page, data: page.data.map((call) => this.shown(call)) } };
	}

	private make({ from_number: from, to_number: to, dynamic_variables }: Values): ContractReply {
		const called = String(to);
		const phone = this.phones().find(({ id, number }) => id === from || number === from);
		if (!phone) {
			return refused(404, 'PHONE_NUMBER_NOT_FOUND', `Phone number ${String(from)} not found`);
		}
		if (!called.startsWith('+34')) {
			const message = `Phone number ${called} is not a Spanish phone number`;
			return refused(400, 'NON_SPANISH_PHONE_NUMBER', message);
		}
		const variables = (dynamic_variables ?? null) as Values | null;
		const agent = phone.outbound_agent_id ?? AGENT;
		const call = this.ring({ agent, type: 'outbound', number: called, variables });
		return { status: 201, body: this.shown(call) };
	}

	private listMessages(context: Context): ContractReply {
		const call = this.callIn(context);
		if (!call) return this.unknown(context);
		const appearsAt = Date.parse(call.created) + call.completedAfterMs + call.transcriptAfterMs;
		const messages = this.now() < appearsAt ? [] : call.messages;
		if (messages.length === 0) {
			return refused(404, 'NO_MESSAGES_FOR_CALL', `No messages found for call ${call.id}`);
		}
		return { status: 200, body: pageOf(messages.toReversed(), queryOf(context), 100) };
	}
}

function shownWebhook({ secret: _secret, ...shown }: Webhook): Values {
	return shown;
}
