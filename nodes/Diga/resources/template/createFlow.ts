import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { createResource } from '../../../engine/create/createResource';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import { pairFields } from '../../../engine/input/pairs';
import { isScalar, nonBlankText } from '../../../engine/values';
import { flowCreation } from '../flow/createFlow';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaFlow } from '../../api/resource';
import type { TemplateCopy } from '../../api/templateEndpoints';
import { readSecretValue, valueFrom, valueJson } from '../connection/secretValue';
import { templateLocator } from '../../pickers/template';
import { templateId } from './templateId';

const newName: INodeProperties = {
	displayName: 'Flow Name',
	name: 'flowName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Summary after each call',
	description: 'The name to show in Diga. Default: the name of the template.',
};

const variables: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Variable',
	default: {},
	options: [{ name: 'pair', displayName: 'Variable', values: pairFields }],
	description: 'The values for the placeholders of the template. Template > Get lists them.',
};

/** Converts secrets by connection key to Diga's list of connections. */
function toConnections(value: IDataObject): TemplateCopy['connections'] {
	return Object.entries(value).map(([key, secret]) => {
		if (isScalar(secret)) return { key, value: String(secret) };
		throw inputError(`The secret of the connection "${key}" must be text`);
	});
}

/** Diga's response, with `flow_id` as its ID. */
type CopiedFlow = IDataObject & { id: string; flow_id: string };

/** The output for a new flow, or for an existing one in the same form. */
function toOutput({ id, ...flow }: DigaFlow | CopiedFlow): IDataObject {
	return 'flow_id' in flow ? flow : { flow_id: id, flow_name: flow.name };
}

export const createFlow: Operation<DigaApi> = {
	name: 'Create Flow',
	value: 'createFlow',
	action: 'Create flow from template',
	description:
		'Create a disabled flow from a template. Outputs the flow ID and the URL of its editor.',
	fields: [
		valueFrom('none'),
		templateLocator,
		newName,
		variables,
		valueJson('e.g. {{ { "slack": $json.token } }}'),
	],
	options: [ifItAlreadyExists],
	async execute(context) {
		const { api, parameters } = context;
		const id = templateId(parameters);
		const variableEntries = parameters.pairs('variables').map(({ name, value }) => [name, value]);
		const secrets = await readSecretValue(context);
		const newFlowName = parameters.text('flowName');
		const name = newFlowName ?? nonBlankText((await api.templates.get(id)).name);
		if (name === undefined)
			throw inputError('Flow Name is required because the template has no name');
		const copy: TemplateCopy = {
			flow_name: name,
			...(variableEntries.length > 0 && {
				variables: Object.fromEntries(variableEntries) as IDataObject,
			}),
			...(secrets && { connections: toConnections(secrets) }),
		};
		const created = await createResource<DigaApi, DigaFlow, CopiedFlow>(context, {
			...flowCreation(api, name),
			create: async () => {
				const copied = await api.templates.copy(id, copy);
				return { ...copied, id: copied.flow_id };
			},
		});
		return created.map(({ resource }) => toOutput(resource));
	},
};
