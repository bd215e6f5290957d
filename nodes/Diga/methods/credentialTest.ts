import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { asOperationError } from '../../engine/errors';
import { readCredentialValue } from '../resources/connection/secretValue';

/** Checks that the secret value is a JSON object. There is no service to test it against. */
export function digaConnectionValueTest(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return Promise.resolve(readNames(data));
}

function readNames(data: ICredentialsDecrypted['data'] = {}): INodeCredentialTestResult {
	try {
		const names = Object.keys(readCredentialValue(data));
		return { status: 'OK', message: `The value has the fields ${names.join(', ')}` };
	} catch (error) {
		return { status: 'Error', message: asOperationError(error).message };
	}
}
