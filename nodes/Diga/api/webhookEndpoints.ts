import { readCursorPages } from '../../engine/http/pagination';
import { without } from '../../engine/values';
import { pageQuery, readPage } from './pages';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import type { DigaResource } from './resource';
import { readCreated, readResource } from './responses';

/** Diga's maximum. */
const PAGE_SIZE = 100;
/** How many webhooks are read to find one. */
const MOST_WEBHOOKS = 1000;

/**
 * Webhooks, which Diga notifies when the status of a call changes. The payload and the format of the signature are
 * not documented. https://docs.diga.io/api-reference/openapi.json
 */
export class WebhookEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** Undefined if the webhook does not exist. */
	async find(id: string): Promise<DigaResource | undefined> {
		const response = await this.requests.find(paths.webhook(id));
		return response.status === 404 ? undefined : readResource(response);
	}

	/** Returns the webhooks with this URL. */
	async listByUrl(url: string): Promise<DigaResource[]> {
		const all = await readCursorPages<DigaResource>({
			wanted: MOST_WEBHOOKS,
			idOf: ({ id }) => id,
			load: async (after) => {
				const query = { ...pageQuery({ after }), limit: PAGE_SIZE };
				return readPage(await this.requests.read(paths.webhooks(), query), after);
			},
		});
		return all.filter((webhook) => webhook.url === url);
	}

	/** Registers a URL. Returns the webhook without its secret, which Diga shows only here. */
	async create(url: string): Promise<DigaResource> {
		const path = paths.webhooks();
		const body = { url, subscribed_events: ['status_changed'] };
		const request = { method: 'POST', path, body, effect: 'write' } as const;
		const response = await this.requests.send('create', request);
		return without(readCreated(response, 'webhook'), 'secret');
	}

	/** Succeeds if the webhook does not exist. */
	async delete(id: string): Promise<void> {
		const path = paths.webhook(id);
		const request = { method: 'DELETE', path, effect: 'idempotent', accept: [404] } as const;
		await this.requests.send('delete', request);
	}
}
