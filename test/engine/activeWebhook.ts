// A trigger that polls and has a webhook, in an active workflow, as n8n keeps it in one process.
import { createServer } from 'node:http';
import { HookContext, PollContext, TriggerContext, WebhookContext } from 'n8n-core';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { dataFor, loading, nodeTypes, PACKAGE } from './harness.ts';

export interface ActiveWebhook {
	/** The IDs of what started the workflow, by polls and by the webhook, in order. */
	started: unknown[];
	/** What n8n's timer does. `isNewContext` as with n8n's scheduler, which makes a context for each poll. */
	poll: (isNewContext?: boolean) => Promise<void>;
	/** Whether n8n would register a webhook, and its URL. */
	url: string | undefined;
	/** Ends n8n and starts it again with what it had stored. */
	restart: () => Promise<void>;
	/** Loses what n8n has stored. */
	forget: () => void;
	deactivate: () => Promise<void>;
	/** Waits until the webhook has handled all deliveries. */
	idle: () => Promise<void>;
	stop: () => Promise<void>;
}

/** Activates a workflow with a trigger. The webhook listens on loopback. */
export async function activateWebhook(
	type: string,
	credentials: Record<string, ICredentialDataDecryptedObject>,
	parameters: INodeParameters,
	webhookId = 'd1ga',
): Promise<ActiveWebhook> {
	await loading;
	const id = `webhook-${Date.now()}`;
	const node: INode = {
		id: 'trigger',
		name: 'Trigger',
		type: `${PACKAGE}${type}`,
		typeVersion: 1,
		position: [0, 0],
		...(webhookId !== '' && { webhookId }),
		parameters,
		credentials: Object.fromEntries(
			Object.keys(credentials).map((name) => [name, { id: name, name }]),
		),
	};
	const started: unknown[] = [];
	const inFlight = new Set<Promise<void>>();
	let stored: IDataObject = {};
	let close: (() => Promise<void>) | undefined;
	const nodeType = nodeTypes.getByNameAndVersion(node.type);
	const load = () =>
		new Workflow({
			id,
			nodes: [structuredClone(node)],
			connections: {},
			active: true,
			nodeTypes,
			staticData: structuredClone(stored),
		});
	/** With the defaults of its parameters. */
	const nodeIn = (workflow: Workflow) => workflow.getNode(node.name) ?? node;
	/** n8n stores what has changed since the workflow was loaded: WorkflowStaticDataService. */
	const save = ({ staticData }: Workflow) => {
		if (staticData.__dataChanged !== true) return;
		stored = JSON.parse(JSON.stringify(staticData)) as IDataObject;
	};
	const report = (items: Array<{ json: IDataObject }>) => {
		started.push(...items.map(({ json }) => json.id));
	};
	const server = createServer((_request, response) => {
		const handling = (async () => {
			const workflow = load();
			const context = new WebhookContext(
				workflow,
				nodeIn(workflow),
				data(),
				'webhook',
				webhookData(),
				[],
				null,
			);
			const result = await nodeType.webhook?.call(context);
			save(workflow);
			expect(result).toEqual({ webhookResponse: 'OK' });
			response.end('{}');
		})();
		inFlight.add(handling);
		void handling.finally(() => inFlight.delete(handling));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const data = (): IWorkflowExecuteAdditionalData =>
		dataFor(credentials, { webhookBaseUrl: `http://127.0.0.1:${port}/webhook` });
	const [description] = nodeType.description.webhooks ?? [];
	const webhookData = (): IWebhookData => ({
		httpMethod: 'POST',
		node: node.name,
		path: 'webhook',
		webhookDescription: description ?? { name: 'default', httpMethod: 'POST', path: '' },
		workflowId: id,
		workflowExecuteAdditionalData: data(),
	});
	const method = load().expression.getSimpleParameterValue(
		nodeIn(load()),
		description?.httpMethod,
		'internal',
		{},
	);
	const hasWebhook = method === 'POST';
	const url = hasWebhook
		? NodeHelpers.getNodeWebhookUrl(`http://127.0.0.1:${port}/webhook`, id, node, 'webhook')
		: undefined;
	const hook = async (workflow: Workflow, name: 'checkExists' | 'create' | 'delete') => {
		const context = new HookContext(
			workflow,
			nodeIn(workflow),
			data(),
			'trigger',
			'activate',
			webhookData(),
		);
		const call = nodeType.webhookMethods?.default?.[name];
		return (await call?.call(context)) ?? false;
	};
	let live = load();
	let context = new PollContext(live, nodeIn(live), data(), 'trigger', 'activate');
	const poll = async (isNewContext = false) => {
		if (isNewContext) {
			live = load();
			context = new PollContext(live, nodeIn(live), data(), 'trigger', 'activate');
		}
		const polled = await nodeType.poll?.call(context);
		if (!polled) return;
		save(live);
		report(polled[0] ?? []);
	};
	/** n8n keeps one workflow object for the trigger method and the polls. */
	const listen = async (workflow: Workflow) => {
		const emit = ([items = []]: INodeExecutionData[][]) => {
			save(workflow);
			report(items);
		};
		const listener = new TriggerContext(
			workflow,
			nodeIn(workflow),
			data(),
			'trigger',
			'activate',
			emit,
		);
		close = (await nodeType.trigger?.call(listener))?.closeFunction;
	};
	const start = async () => {
		live = load();
		context = new PollContext(live, nodeIn(live), data(), 'trigger', 'activate');
		await listen(live);
		if (hasWebhook && !(await hook(live, 'checkExists'))) await hook(live, 'create');
		await poll();
		save(live);
	};
	await start();
	return {
		started,
		poll,
		url,
		restart: start,
		forget: () => {
			stored = {};
		},
		deactivate: async () => {
			if (hasWebhook) await hook(load(), 'delete');
			await close?.();
		},
		idle: async () => {
			while (inFlight.size > 0) await Promise.all(inFlight);
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
