import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { OperationError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { pairFields } from '../../engine/input/pairs';
import { readJsonObject } from '../../engine/input/read';
import { readForm } from './form';

/**
 * Turns on the second credential. Off by default: the editor selects a credential automatically if only one
 * of its type exists, and could otherwise send the secrets of one customer to the source of another.
 * It comes first in an operation because the editor shows the credential next to this field.
 */
export const addSecretProperties: INodeProperties = {
	displayName: 'Add Secret Properties',
	name: 'addSecretProperties',
	type: 'boolean',
	default: false,
	description:
		'Whether to add the properties of a Portable Connector Properties API credential. This keeps secrets out of the workflow.',
};

/**
 * The fields for the properties that a spec defines.
 * @param form the resource mapping method of the form, and the parameter that the form depends on
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
			'The properties that the spec defines. They are known if the account already has a resource with this spec.',
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
				description:
					'Show the properties of the spec. The account must already have a resource with this spec.',
			},
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
		description:
			'How to enter the properties that the spec defines, such as an API key or a database name',
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
			'The spec defines the names. To keep secrets out of the workflow, use Add Secret Properties.',
	},
	{
		displayName: 'Properties (JSON)',
		name: 'propertiesJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"email": "jo@example.com"}',
		displayOptions: { show: { specifyProperties: ['json'] } },
		description: 'A JSON object, or an expression that returns an object',
	},
];

/**
 * Reads the properties in a Portable Connector Properties API credential.
 * @throws OperationError if they are not a JSON object. Its message leaves out the parser's message, which quotes the input.
 */
export function readSecretProperties({
	secretProperties,
}: ICredentialDataDecryptedObject): IDataObject {
	try {
		return readJsonObject(secretProperties, 'Secret Properties');
	} catch {
		throw invalidSecretProperties();
	}
}

function invalidSecretProperties(): OperationError {
	return inputError(
		'Secret Properties is not a JSON object',
		'Correct it in the Portable Connector Properties API credential. Example: {"api_key": "..."}.',
	);
}

/**
 * Reads the properties of an item. Secret properties override those entered in the node.
 * @param isUpdate whether required properties may be missing, false by default
 * @returns undefined if there are no properties
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
