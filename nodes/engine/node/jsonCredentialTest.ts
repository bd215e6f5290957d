import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { asOperationError } from '../errors';

/**
 * Tests a credential whose value is a JSON object: reads it, and names its members. Nothing is sent, because no endpoint
 * can verify the value.
 * @param read returns the object; throws OperationError if it is invalid
 * @param found the text before the names, e.g. `Read the properties`
 */
export function jsonCredentialTest(
	read: (data: ICredentialDataDecryptedObject) => object,
	found: string,
): (credential: ICredentialsDecrypted) => Promise<INodeCredentialTestResult> {
	const test = (data: ICredentialDataDecryptedObject): INodeCredentialTestResult => {
		try {
			return { status: 'OK', message: `${found} ${Object.keys(read(data)).join(', ')}` };
		} catch (error) {
			return { status: 'Error', message: asOperationError(error).message };
		}
	};
	return async ({ data = {} }) => await Promise.resolve(test(data));
}
