import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { createNamed } from '../../../engine/create/createNamed';
import { ifNameExists } from '../../../engine/create/ifItAlreadyExists';
import { asOperationError, OperationError } from '../../../engine/errors';
import type { OperationContext, Operation } from '../../../engine/operation';
import { withoutNulls } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { flowFields, flowOptions, readFlow } from '../../flowDefinition/form/readFlow';
import type { NewFlow } from '../../flowDefinition/form/readFlow';
import { knownFlow, runsByItself } from './knownFlow';
import { withHints } from './withHints';

const activate: INodeProperties = {
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
function tokenOf({ token }: OperationContext<AmazonAppFlowApi>, { body }: NewFlow): string {
	const { clientToken } = body;
	return typeof clientToken === 'string' ? clientToken : token(`create ${JSON.stringify(body)}`);
}

async function activated(
	{ api, token }: OperationContext<AmazonAppFlowApi>,
	name: string,
	made: IDataObject,
): Promise<IDataObject> {
	const started = await api.startFlow(name, token('activate')).catch(asOperationError);
	if (!(started instanceof OperationError)) {
		// an answer without the status leaves it to a look
		const { flowStatus = (await api.describeFlow(name)).flowStatus } = withoutNulls(started);
		return { ...made, flowStatus };
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
	options: [activate, ifNameExists, ...flowOptions],
	async execute(context) {
		const { api, parameters } = context;
		const flow = readFlow(parameters);
		const { name } = flow;
		const activates = parameters.flag('options.activateAfterCreation');
		// one that is there may be of another kind than the one that was asked for
		let runsAlone = flow.runsByItself;
		const made = await createNamed(context, {
			kind: 'flow',
			name,
			find: async () => {
				const found = await find(api, name);
				if (found) runsAlone = runsByItself(found);
				return found;
			},
			// the answer is all but the name, by which every other operation knows the flow
			create: async () => {
				const token = tokenOf(context, flow);
				const answer = await withHints(
					context.run,
					{ flow: name, notes: flow.notes },
					async () => await api.createFlow(flow.body, token),
				);
				return { flowName: name, ...answer };
			},
		});
		const isDraft = runsAlone && made.flowStatus !== 'Active';
		return activates && isDraft ? await activated(context, name, made) : made;
	},
};
