import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { pairFields } from '../../engine/input/pairs';
import { readJsonObject } from '../../engine/input/read';
import { readForm } from './form';

/**
 * The switch for the second credential. By choice only: the editor selects a credential by itself when
 * there is just one of its type, and the secrets of one customer must not reach the source of another unasked.
 * The first field of an operation, because the editor shows the credentials where this field is.
 */
export const addSecretProperties: INodeProperties = {
	displayName: 'Add Secret Properties',
	name: 'addSecretProperties',
	type: 'boolean',
	default: false,
	description:
		'Whether to add the properties in a Portable Connector Properties API credential, so that secrets need not stand in the workflow',
};

/**
 * How a user gives the properties that a spec asks for.
 * @param form the method that describes the form, and the parameters that it depends on
 */
export function propertyFields(form: { method: string; dependsOn: string }): INodeProperties[] {
	return [...enteredProperties, propertiesForm(form)];
}

function propertiesForm({
	method,
	dependsOn,
}: {
	method: string;
	dependsOn: string;
}): INodeProperties {
	return {
		displayName: 'Properties (Form)',
		name: 'propertiesForm',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: [dependsOn, 'addSecretProperties'],
			resourceMapper: {
				resourceMapperMethod: method,
				mode: 'add',
				fieldWords: { singular: 'property', plural: 'properties' },
				addAllFields: true,
				supportAutoMap: true,
			},
		},
		displayOptions: { show: { specifyProperties: ['form'] } },
		description:
			'The properties that the spec asks for, as far as something in the account has that spec',
	};
}

const enteredProperties: INodeProperties[] = [
	{
		displayName: 'Specify Properties',
		name: 'specifyProperties',
		type: 'options',
		options: [
			{
				name: 'Using a Form',
				value: 'form',
				description: 'What the spec asks for, when the account has something of that spec already',
			},
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
		description:
			'How to enter the properties that the spec asks for, such as an API key or a database',
	},
	{
		displayName: 'Properties',
		name: 'properties',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Property',
		default: {},
		options: [{ name: 'pair', displayName: 'Property', values: pairFields }],
		displayOptions: { show: { specifyProperties: ['fields'] } },
		description:
			'Names are defined by the spec. Keep secrets out of the workflow: see Add Secret Properties.',
	},
	{
		displayName: 'Properties (JSON)',
		name: 'propertiesJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"email": "jo@example.com"}',
		displayOptions: { show: { specifyProperties: ['json'] } },
		description: 'A JSON object, as text or from an expression that returns an object',
	},
];

/**
 * The properties inside a Portable Connector Properties API credential.
 * @throws Fault that shows nothing of what is inside, as the parser's own words would
 */
export function readSecretProperties({
	secretProperties,
}: ICredentialDataDecryptedObject): IDataObject {
	try {
		return readJsonObject(secretProperties, 'Secret Properties');
	} catch {
		return refuseSecretProperties();
	}
}

function refuseSecretProperties(): never {
	throw inputError(
		'Secret Properties is not a JSON object',
		'Correct it in the Portable Connector Properties API credential; it must look like {"api_key": "..."}.',
	);
}

/**
 * All properties of an item, the secret ones over the visible ones; undefined when there are none.
 * @param isUpdate what is required need not be there
 */
export async function readProperties<Api>(
	{ parameters, credential, registerSecrets }: OperationContext<Api>,
	{ isUpdate = false }: { isUpdate?: boolean } = {},
): Promise<IDataObject | undefined> {
	const secret = parameters.flag('addSecretProperties')
		? readSecretProperties(await credential('portablePropertiesApi'))
		: {};
	registerSecrets(secret);
	const visible = {
		fields: () =>
			Object.fromEntries(parameters.pairs('properties').map(({ name, value }) => [name, value])),
		form: () => {
			const { timezone } = parameters;
			return readForm(parameters.mapped('propertiesForm'), { isUpdate, secret, timezone });
		},
		json: () => parameters.json('propertiesJson'),
	}[parameters.choice('specifyProperties', ['fields', 'form', 'json'])]();
	const properties = { ...visible, ...secret } as IDataObject;
	return Object.keys(properties).length > 0 ? properties : undefined;
}
