import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { createNamed } from '../../../engine/create/createNamed';
import { ifNameExists } from '../../../engine/create/ifItAlreadyExists';
import { asOperationError, OperationError } from '../../../engine/errors';
import type { OperationContext, Operation } from '../../../engine/operation';
import { withoutNulls } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { flowFields, flowOptions, readFlow } from '../../flowDefinition/form/readFlow';
import type { NewFlow } from '../../flowDefinition/form/readFlow';
import { knownFlow, needsActivation } from './knownFlow';
import { withHints } from './withHints';

const activateAfterCreation: INodeProperties = {
	displayName: 'Activate After Creation',
	name: 'activateAfterCreation',
	type: 'boolean',
	default: false,
	description:
		'Whether to activate a scheduled or event flow, which AppFlow creates as a draft. An on-demand flow is ready immediately and is not run.',
};

/**
 * The flow with this name. Undefined if it does not exist.
 * @throws OperationError if the response does not contain the flow, so that it is unclear whether it exists
 */
async function find(api: AmazonAppFlowApi, name: string): Promise<IDataObject | undefined> {
	const flow = await api.describeFlow(name).catch(asOperationError);
	if (!(flow instanceof OperationError)) return knownFlow(flow, name);
	if (flow.details.status === 404) return undefined;
	throw flow;
}

/** The client token, which makes the create idempotent: the user's own, or one for this item and this body. */
function clientTokenFor({ token }: OperationContext<AmazonAppFlowApi>, { body }: NewFlow): string {
	const { clientToken } = body;
	return typeof clientToken === 'string' ? clientToken : token(`create ${JSON.stringify(body)}`);
}

async function activate(
	{ api, token }: OperationContext<AmazonAppFlowApi>,
	name: string,
	created: IDataObject,
): Promise<IDataObject> {
	const started = await api.startFlow(name, token('activate')).catch(asOperationError);
	if (!(started instanceof OperationError)) {
		// if the response has no status, read it from the flow
		const { flowStatus = (await api.describeFlow(name)).flowStatus } = withoutNulls(started);
		return { ...created, flowStatus };
	}
	throw started.withDescription(
		`The flow "${name}" exists, but could not be activated. ${started.details.description ?? ''}`,
	);
}

export const create: Operation<AmazonAppFlowApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: 'Create a flow from a source to a destination',
	fields: flowFields,
	options: [activateAfterCreation, ifNameExists, ...flowOptions],
	async execute(context) {
		const { api, parameters } = context;
		const flow = readFlow(parameters);
		const { name } = flow;
		const isActivationSet = parameters.flag('options.activateAfterCreation');
		// an existing flow may have a different trigger
		let mustActivate = flow.needsActivation;
		const created = await createNamed(context, {
			kind: 'flow',
			name,
			find: async () => {
				const found = await find(api, name);
				if (found) mustActivate = needsActivation(found);
				return found;
			},
			// the response lacks the name, which all other operations need
			create: async () => {
				const clientToken = clientTokenFor(context, flow);
				const answer = await withHints(
					context.run,
					{ flow: name, warnings: flow.warnings },
					async () => await api.createFlow(flow.body, clientToken),
				);
				return { flowName: name, ...answer };
			},
		});
		const isInactive = mustActivate && created.flowStatus !== 'Active';
		if (isActivationSet && isInactive) return await activate(context, name, created);
		if (isInactive && typeof created.flowStatus === 'string') {
			context.run.warnings.push(
				`Flow "${name}" has the status ${created.flowStatus} and does not run until it is activated. Turn on Activate After Creation in Options, or use Flow > Start. [Item ${context.item}]`,
			);
		}
		return created;
	},
};
