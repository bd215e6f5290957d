import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { createNamed, ifTheNameExists } from '../../../engine/createNamed';
import { asFault, Fault } from '../../../engine/fault';
import type { Call, Operation } from '../../../engine/operation';
import { isObject } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../AmazonAppFlowApi';
import { flowFields, flowOptions, readFlow } from '../../createFlow/readFlow';
import type { NewFlow } from '../../createFlow/readFlow';

const activate: INodeProperties = {
	displayName: 'Activate After Creation',
	name: 'activateAfterCreation',
	type: 'boolean',
	default: false,
	description:
		'Whether to start a flow that runs on schedule or on an event, which AppFlow leaves as a draft. A flow that runs on demand is ready at once, and is not run.',
};

/** The flow of a name; undefined when there is none. */
async function find(api: AmazonAppFlowApi, name: string): Promise<IDataObject | undefined> {
	const flow = await api.describeFlow(name).catch(asFault);
	if (!(flow instanceof Fault)) return flow;
	if (flow.parts.status === 404) return undefined;
	throw flow;
}

/** The token by which AppFlow knows a repeated create: the user's own, else one of this item and this body. */
function tokenOf({ token }: Call<AmazonAppFlowApi>, { body }: NewFlow): string {
	const { clientToken } = body;
	return typeof clientToken === 'string' ? clientToken : token(`create ${JSON.stringify(body)}`);
}

/** A flow that is there may be of another kind than the one that was asked for. */
function runsByItself({ triggerConfig }: IDataObject, flow: NewFlow): boolean {
	return isObject(triggerConfig) ? triggerConfig.triggerType !== 'OnDemand' : flow.runsByItself;
}

async function activated(
	{ api, token }: Call<AmazonAppFlowApi>,
	name: string,
	made: IDataObject,
): Promise<IDataObject> {
	const started = await api.startFlow(name, token('activate')).catch(asFault);
	if (!(started instanceof Fault)) return { ...made, flowStatus: started.flowStatus };
	throw started.describedAs(
		`The flow "${name}" exists, but could not be activated. ${started.parts.description ?? ''}`,
	);
}

export const create: Operation<AmazonAppFlowApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: 'Connect a source with a destination',
	fields: flowFields,
	options: [activate, ifTheNameExists, ...flowOptions],
	async execute(call) {
		const { api, parameters } = call;
		const flow = readFlow(parameters);
		const { name } = flow;
		const activates = parameters.flag('options.activateAfterCreation');
		const made = await createNamed(call, {
			kind: 'flow',
			name,
			find: async () => await find(api, name),
			// the answer is all but the name, by which every other operation knows the flow
			create: async () => ({
				flowName: name,
				...(await api.createFlow(flow.body, tokenOf(call, flow))),
			}),
		});
		const isDraft = runsByItself(made, flow) && made.flowStatus !== 'Active';
		return activates && isDraft ? await activated(call, name, made) : made;
	},
};
