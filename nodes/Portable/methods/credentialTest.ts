import { jsonCredentialTest } from '../../engine/node/jsonCredentialTest';
import { readSecretProperties } from '../properties/properties';

export const portablePropertiesTest = jsonCredentialTest(
	readSecretProperties,
	'Read the properties',
);
