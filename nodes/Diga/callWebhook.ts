import type { IHookFunctions } from 'n8n-workflow';
import { nodeError, asOperationError, inputError } from '../engine/errors';
import { HttpClient } from '../engine/http/client';
import { NodeRun } from '../engine/nodeRun';
import { isObject, nonBlankText } from '../engine/values';
import { digaApi } from './api/definition';
import type { DigaApi } from './api/DigaApi';

/** n8n waits for these requests when a workflow is activated. */
const limits = { timeoutMs: 30_000, keepRetryingMs: 30_000 };

/** Where the ID of the registered webhook is stored, in n8n's static data of the node. */
const PROPERTY = 'webhook';

async function withApi<T>(context: IHookFunctions, use: (api: DigaApi) => Promise<T>): Promise<T> {
	const client = new HttpClient(context, digaApi.profile, limits, new NodeRun(undefined, 1));
	try {
		return await use(digaApi.createApi(client));
	} catch (error) {
		throw nodeError(context.getNode(), await client.redaction.error(asOperationError(error)));
	}
}

function urlOf(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw nodeError(context.getNode(), inputError('n8n has no webhook URL for this node'));
	}
	// without an ID, n8n makes the URL from the name of the node, and does not find it if the name has a space
	if (context.getNode().webhookId !== undefined) return url;
	throw nodeError(
		context.getNode(),
		inputError(
			'Instant needs a webhook ID, which this node does not have',
			'Save the workflow in the editor, which adds the ID, or turn off Instant.',
		),
	);
}

function storedId(context: IHookFunctions): string | undefined {
	const { [PROPERTY]: stored } = context.getWorkflowStaticData('node');
	return isObject(stored) ? nonBlankText(stored.id) : undefined;
}

/**
 * Whether Diga has a webhook with the URL of this node. Stores its ID, so that a webhook whose response was lost is
 * used, and not registered a second time.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const url = urlOf(context);
	return await withApi(context, async ({ webhooks }) => {
		const id = storedId(context);
		const known = id === undefined ? undefined : await webhooks.find(id);
		if (known?.url === url) return true;
		const [found] = await webhooks.listByUrl(url);
		if (!found) return false;
		context.getWorkflowStaticData('node')[PROPERTY] = { id: found.id };
		return true;
	});
}

/** Registers the URL of this node. The secret is not kept, because the format of signatures is not documented. */
export async function register(context: IHookFunctions): Promise<boolean> {
	const url = urlOf(context);
	return await withApi(context, async ({ webhooks }) => {
		const { id } = await webhooks.create(url);
		context.getWorkflowStaticData('node')[PROPERTY] = { id };
		return true;
	});
}

/** Deletes the webhook, and others with the same URL, which lost responses have left. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const url = urlOf(context);
	return await withApi(context, async ({ webhooks }) => {
		const id = storedId(context);
		const ids = new Set((await webhooks.listByUrl(url)).map((webhook) => webhook.id));
		if (id !== undefined) ids.add(id);
		for (const one of ids) await webhooks.delete(one);
		Reflect.deleteProperty(context.getWorkflowStaticData('node'), PROPERTY);
		return true;
	});
}
