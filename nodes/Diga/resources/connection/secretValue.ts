import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import { readJsonObject } from '../../../engine/input/read';
import type { DigaApi } from '../../api/DigaApi';

/**
 * Where a secret value comes from. The first field of an operation, because the editor shows the credentials
 * where this field is.
 */
export function valueFrom(first: 'credential' | 'none'): INodeProperties {
	return {
		displayName: 'Secret Value',
		name: 'valueFrom',
		type: 'options',
		options: [
			{
				name: 'From a Credential',
				value: 'credential',
				description:
					'Of the type Diga Connection Value API, so that it does not stand in the workflow',
			},
			{
				name: 'From an Expression',
				value: 'json',
				description: 'For example from an earlier node that gets it from a vault',
			},
			{ name: 'None', value: 'none' },
		],
		default: first,
		description: 'Where the secrets come from that a connection needs',
	};
}

export function valueJson(placeholder: string): INodeProperties {
	return {
		displayName: 'Value (JSON)',
		name: 'valueJson',
		type: 'json',
		required: true,
		default: '',
		placeholder,
		displayOptions: { show: { valueFrom: ['json'] } },
		description:
			'An object from an expression. What is entered here as text stands in the workflow.',
	};
}

/**
 * The value inside a Diga Connection Value API credential.
 * @throws Fault that shows nothing of what is inside, as the parser's own words would
 */
export function readCredentialValue({ secretValue }: ICredentialDataDecryptedObject): IDataObject {
	return readHidden(
		secretValue,
		'The value in the Diga Connection Value API credential is not a JSON object',
	);
}

function readHidden(value: unknown, message: string): IDataObject {
	let read: IDataObject | undefined;
	try {
		read = readJsonObject(value, '');
	} catch {
		read = undefined;
	}
	if (read) return read;
	throw inputError(message, 'It must look like {"secret_text": "..."}.');
}

/** The secret value as it was chosen, which no fault of this item may show; undefined when there is none. */
export async function readSecretValue({
	parameters,
	credential,
	registerSecrets,
}: OperationContext<DigaApi>): Promise<IDataObject | undefined> {
	const from = parameters.choice('valueFrom', ['none', 'credential', 'json']);
	if (from === 'none') return undefined;
	const value =
		from === 'credential'
			? readCredentialValue(await credential('digaConnectionValueApi'))
			: readHidden(parameters.raw('valueJson'), 'Value (JSON) is not a JSON object');
	registerSecrets(value);
	if (Object.keys(value).length > 0) return value;
	throw inputError(
		from === 'json' ? 'Value (JSON) is empty' : 'The value in the credential is empty',
		'Set Secret Value to None to send none.',
	);
}
