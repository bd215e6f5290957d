import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import type { Call } from '../engine/operation';
import { pairFields, readJsonObject } from '../engine/parameters';

/** How a user gives the properties that a spec asks for. */
export const propertyFields: INodeProperties[] = [
	{
		displayName: 'Specify Properties',
		name: 'specifyProperties',
		type: 'options',
		options: [
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
			'Names are defined by the spec. Keep secrets out of the workflow: put them into the Secret Properties credential.',
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

/** The properties inside a Portable Connector Properties API credential. */
export function readSecretProperties({
	secretProperties,
}: ICredentialDataDecryptedObject): IDataObject {
	return readJsonObject(secretProperties, 'Properties (JSON) of the Secret Properties credential');
}

/** All properties of an item, the secret ones over the visible ones; undefined when there are none. */
export async function readProperties<Api>({
	parameters,
	credential,
}: Call<Api>): Promise<IDataObject | undefined> {
	const visible =
		parameters.choice('specifyProperties', ['fields', 'json']) === 'json'
			? parameters.json('propertiesJson')
			: Object.fromEntries(parameters.pairs('properties').map(({ name, value }) => [name, value]));
	const secret = await credential('portablePropertiesApi');
	const properties = { ...visible, ...(secret && readSecretProperties(secret)) } as IDataObject;
	return Object.keys(properties).length > 0 ? properties : undefined;
}
