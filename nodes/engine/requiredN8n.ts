import { NodeConnectionTypes } from 'n8n-workflow';

/** The oldest version that the tests run with: test/compat/versions.ts. */
const OLDEST = '1.123.81';

/** A package cannot declare which n8n it needs. n8n before 1.85 lacks these types, and no node loads without them. */
const exported: { connectionTypes?: object } = { connectionTypes: NodeConnectionTypes };

if (!exported.connectionTypes) {
	throw new Error(`The nodes of this package need n8n ${OLDEST} or later. This n8n is older.`);
}
