import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { asOperationError } from '../../engine/errors';
import { readSecretProperties } from '../properties/properties';

/** Checks that the secret properties are a JSON object. No endpoint can verify more. */
export function portablePropertiesTest(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return Promise.resolve(readNames(data));
}

function readNames(data: ICredentialsDecrypted['data'] = {}): INodeCredentialTestResult {
	try {
		const names = Object.keys(readSecretProperties(data));
		return { status: 'OK', message: `Read the properties ${names.join(', ')}` };
	} catch (error) {
		return { status: 'Error', message: asOperationError(error).message };
	}
}
