import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { createResource } from '../../../engine/create/createResource';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import { pairFields } from '../../../engine/input/pairs';
import { isScalar } from '../../../engine/values';
import { flowCreation } from '../flow/createFlow';
import type { DigaApi, DigaFlow, TemplateCopy } from '../../api/DigaApi';
import { textOf } from '../../pieces/pieces';
import { readSecretValue, valueFrom, valueJson } from '../connection/secretValue';
import { templateId, templateLocator } from './templateId';

const newName: INodeProperties = {
	displayName: 'Flow Name',
	name: 'flowName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Summary after each call',
	description: 'The name to show in Diga; that of the template if empty',
};

const variables: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Variable',
	default: {},
	options: [{ name: 'pair', displayName: 'Variable', values: pairFields }],
	description: 'What to fill into the placeholders of the template; Template > Get lists them',
};

/** The secrets of the template's connections, by their keys. */
function connectionsOf(value: IDataObject): TemplateCopy['connections'] {
	return Object.entries(value).map(([key, secret]) => {
		if (isScalar(secret)) return { key, value: String(secret) };
		throw inputError(`The secret of the connection "${key}" must be text`);
	});
}

/** What Diga answers, with the ID by which it is known here. */
type CopiedFlow = IDataObject & { id: string; flow_id: string };

/** One that was found is a flow, of which this much fits. */
function shown({ id, ...flow }: DigaFlow | CopiedFlow): IDataObject {
	return 'flow_id' in flow ? flow : { flow_id: id, flow_name: flow.name };
}

export const createFlow: Operation<DigaApi> = {
	name: 'Create Flow',
	value: 'createFlow',
	action: 'Create flow from template',
	description:
		'Create a flow from a template; it is disabled, and outputs its ID and the address of its editor',
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
		const pairs = parameters.pairs('variables').map(({ name, value }) => [name, value]);
		const secrets = await readSecretValue(context);
		const given = parameters.text('flowName');
		const name = given ?? textOf((await api.getTemplate(id)).name);
		if (name === undefined)
			throw inputError('The template has no name, so that Flow Name must have one');
		const copy: TemplateCopy = {
			flow_name: name,
			...(pairs.length > 0 && { variables: Object.fromEntries(pairs) as IDataObject }),
			...(secrets && { connections: connectionsOf(secrets) }),
		};
		const created = await createResource<DigaApi, DigaFlow, CopiedFlow>(context, {
			...flowCreation(api, name),
			create: async () => {
				const answer = await api.copyTemplate(id, copy);
				return { ...answer, id: answer.flow_id };
			},
		});
		return created.map(({ resource }) => shown(resource));
	},
};
