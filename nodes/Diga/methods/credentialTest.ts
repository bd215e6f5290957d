import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { asOperationError } from '../../engine/errors';
import { readCredentialValue } from '../resources/connection/secretValue';

/** A secret value has no service to ask; what can be checked is that it is a JSON object. */
export function digaConnectionValueTest(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return Promise.resolve(readNames(data));
}

function readNames(data: ICredentialsDecrypted['data'] = {}): INodeCredentialTestResult {
	try {
		const names = Object.keys(readCredentialValue(data));
		return { status: 'OK', message: `Read the fields ${names.join(', ')}` };
	} catch (error) {
		return { status: 'Error', message: asOperationError(error).message };
	}
}
