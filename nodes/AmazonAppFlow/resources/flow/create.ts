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
		'Whether to start a flow that runs on schedule or on an event, which AppFlow leaves as a draft. A flow that runs on demand is ready at once, and is not run.',
};

/**
 * The flow of a name; undefined when there is none.
 * @throws Fault when AppFlow answers with no flow, which says neither that it is there nor that it is not
 */
async function find(api: AmazonAppFlowApi, name: string): Promise<IDataObject | undefined> {
	const flow = await api.describeFlow(name).catch(asOperationError);
	if (!(flow instanceof OperationError)) return knownFlow(flow, name);
	if (flow.details.status === 404) return undefined;
	throw flow;
}

/** The token by which AppFlow knows a repeated create: the user's own, else one of this item and this body. */
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
		// an answer without the status leaves it to a look
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
	description: 'Connect a source with a destination',
	fields: flowFields,
	options: [activateAfterCreation, ifNameExists, ...flowOptions],
	async execute(context) {
		const { api, parameters } = context;
		const flow = readFlow(parameters);
		const { name } = flow;
		const activateIt = parameters.flag('options.activateAfterCreation');
		// one that is there may be of another kind than the one that was asked for
		let mustActivate = flow.needsActivation;
		const created = await createNamed(context, {
			kind: 'flow',
			name,
			find: async () => {
				const found = await find(api, name);
				if (found) mustActivate = needsActivation(found);
				return found;
			},
			// the answer is all but the name, by which every other operation knows the flow
			create: async () => {
				const token = clientTokenFor(context, flow);
				const answer = await withHints(
					context.run,
					{ flow: name, warnings: flow.warnings },
					async () => await api.createFlow(flow.body, token),
				);
				return { flowName: name, ...answer };
			},
		});
		const isDraft = mustActivate && created.flowStatus !== 'Active';
		return activateIt && isDraft ? await activate(context, name, created) : created;
	},
};
