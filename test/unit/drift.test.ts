// npm run drift, with AWS's client as it is installed and with copies of it in which something is new, gone or changed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as client from '@aws-sdk/client-appflow';
import { connectors } from '../../nodes/AmazonAppFlow/flowDefinition/connectors/connectors.ts';
import { createFlowShape } from '../../nodes/AmazonAppFlow/flowDefinition/schema/model.ts';
import { openapiFacts } from '../contract/openapiFacts.ts';
import { documentsIn } from '../contract/published.ts';
import { driftOf, report } from '../drift/compare.ts';
import { digaDrift } from '../drift/diga.ts';
import { ownTables, sdkTables } from '../drift/flowDefinition.ts';
import { ownModel, sdkModel } from '../drift/model.ts';
import type { Sdk } from '../drift/sdk.ts';

const sdk: Sdk = { ...client };
const tables = ownTables({ connectors, createFlowShape });

function drift(other: Sdk): string[] {
	return [
		...report(driftOf(ownModel(), sdkModel(other))),
		...report(driftOf(tables, sdkTables(other))),
	];
}

/** The client with another first member of the body of CreateFlow. The first members are the required ones. */
function withFirstMember(name: string, schema: unknown): Sdk {
	const [kind, namespace, own, traits, names, schemas, required] =
		client.CreateFlowRequest$ as unknown as unknown[];
	const copy = [
		kind,
		namespace,
		own,
		traits,
		[name, ...(names as string[]).slice(1)],
		[schema, ...(schemas as unknown[]).slice(1)],
		required,
	];
	const [operation, , ownName, http, , output] = client.CreateFlow$ as unknown as unknown[];
	return {
		...sdk,
		CreateFlowRequest$: copy,
		CreateFlow$: [operation, namespace, ownName, http, () => copy, output],
	};
}

describe('drift of Amazon AppFlow', () => {
	it('finds nothing in the client that is installed, and compares hundreds of lines', () => {
		expect(drift(sdk)).toEqual([]);
		expect(ownModel().length).toBeGreaterThan(500);
		expect(tables.length).toBeGreaterThan(200);
	});

	it('finds a new connector, and a connector that is gone', () => {
		const { ZENDESK: _, ...others } = client.ConnectorType;
		expect(drift({ ...sdk, ConnectorType: { ...others, HUBSPOT: 'Hubspot' } })).toEqual([
			'new      ConnectorType = Hubspot',
			'gone     ConnectorType = Zendesk',
			'new      connector Hubspot',
			'gone     connector Zendesk',
		]);
	});

	it('finds a new operator of a connector', () => {
		const operators = { ...client.SlackConnectorOperator, CONTAINS: 'CONTAINS' };
		expect(drift({ ...sdk, SlackConnectorOperator: operators })).toEqual([
			'new      SlackConnectorOperator = CONTAINS',
			'new      connector Slack with the operator CONTAINS',
		]);
	});

	it('finds an enumeration that is gone', () => {
		const { FileType: _, ...others } = sdk;
		expect(drift(others)).toContain('gone     FileType = PARQUET');
	});

	it('finds a member that is new, gone, or has another type', () => {
		expect(drift(withFirstMember('label', 0))).toEqual([
			'new      CreateFlowRequest.label: text, required',
			'gone     CreateFlowRequest.flowName: text, required',
			'new      body of CreateFlow.label',
			'gone     body of CreateFlow.flowName',
		]);
		expect(drift(withFirstMember('flowName', 1))).toEqual([
			'changed  CreateFlowRequest.flowName: text, required -> number, required',
		]);
	});

	it('finds an operation that is gone, or has another path', () => {
		const { StopFlow$: stop, ...others } = sdk;
		expect(drift(others)).toContain('gone     StopFlow: POST /stop-flow');
		const [kind, namespace, name, , input, output] = stop as unknown[];
		const traits = { http: ['POST', '/v2/stop-flow', 200] };
		expect(drift({ ...sdk, StopFlow$: [kind, namespace, name, traits, input, output] })).toEqual([
			'changed  StopFlow: POST /stop-flow -> POST /v2/stop-flow',
		]);
	});

	it('shows a type that it does not know', () => {
		expect(drift(withFirstMember('flowName', 21))).toEqual([
			'changed  CreateFlowRequest.flowName: text, required -> type 21, required',
		]);
	});
});

describe('drift of Diga', () => {
	const file = join(import.meta.dirname, '../sandbox/contract/diga.yaml');
	const text = readFileSync(file, 'utf8');
	const lines = (document: string) =>
		report(digaDrift(documentsIn(document).flatMap(openapiFacts)));

	it('finds nothing in a document that is the contract', () => {
		expect(lines(text)).toEqual([]);
	});

	it('finds a value that is new', () => {
		const value = text.replace(/enum: \[ENABLED, DISABLED\]/g, 'enum: [ENABLED, DISABLED, PAUSED]');
		expect(lines(value)).toEqual(
			expect.arrayContaining([expect.stringMatching(/^changed .*PAUSED/)]),
		);
	});

	it('finds an operation that is gone', () => {
		const document = text.replace('/v1/workflow/{flow_id}/publish:', '/v1/publish:');
		expect(document).not.toBe(text);
		expect(lines(document)).toEqual(['gone     POST /v1/workflow/{}/publish']);
	});
});
