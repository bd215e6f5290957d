import { jsonCredentialTest } from '../../engine/node/jsonCredentialTest';
import { readCredentialValue } from '../resources/connection/secretValue';

export const digaConnectionValueTest = jsonCredentialTest(
	readCredentialValue,
	'The value has the fields',
);
