import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import { readJsonObject } from '../../../engine/input/read';
import type { DigaApi } from '../../api/DigaApi';

/** The field for the source of the secret value. It must be the first field: the editor shows the credential with it. */
export function valueFrom(defaultSource: 'credential' | 'none'): INodeProperties {
	return {
		displayName: 'Secret Value',
		name: 'valueFrom',
		type: 'options',
		options: [
			{
				name: 'From a Credential',
				value: 'credential',
				description: 'A Diga Connection Value API credential, which is not stored in the workflow',
			},
			{
				name: 'From an Expression',
				value: 'json',
				description: 'For example, from a node that reads a vault',
			},
			{ name: 'None', value: 'none' },
		],
		default: defaultSource,
		description: 'The source of the secrets that a connection needs',
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
			'An expression that returns an object. Text that you enter here is stored in the workflow.',
	};
}

/**
 * Reads the value of a Diga Connection Value API credential.
 * @throws OperationError without any part of the value, which the parser's message would contain
 */
export function readCredentialValue({ secretValue }: ICredentialDataDecryptedObject): IDataObject {
	return readSecretObject(
		secretValue,
		'The value in the Diga Connection Value API credential is not a JSON object',
	);
}

function readSecretObject(value: unknown, message: string): IDataObject {
	try {
		return readJsonObject(value, '');
	} catch {
		throw inputError(message, 'Enter an object such as {"secret_text": "..."}.');
	}
}

/** Reads the chosen secret value and registers it for redaction. Undefined if Secret Value is set to None. */
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
			: readSecretObject(parameters.raw('valueJson'), 'Value (JSON) is not a JSON object');
	registerSecrets(value);
	if (Object.keys(value).length > 0) return value;
	throw inputError(
		from === 'json' ? 'Value (JSON) is empty' : 'The value in the credential is empty',
		'Set Secret Value to None to send none.',
	);
}
