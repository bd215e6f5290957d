// What nodes/AmazonAppFlow/flowDefinition knows of connectors and of the body of CreateFlow, and what AWS's client knows.
import type { Connector } from '../../nodes/AmazonAppFlow/flowDefinition/connectors/connectors.ts';
import type { Shape } from '../../nodes/AmazonAppFlow/flowDefinition/shape.ts';
import { structureIn, structureOf, valuesOf } from './sdk.ts';
import type { Sdk, Structure } from './sdk.ts';

/** The tables of the node. */
export interface Tables {
	connectors: Connector[];
	createFlowShape: Shape;
}

const NAMES = {
	source: 'SourceConnectorProperties',
	destination: 'DestinationConnectorProperties',
};

/** The enumeration of a connector's operators. */
function operatorEnum(key: string): string {
	return key === 'CustomConnector' ? 'Operator' : `${key}ConnectorOperator`;
}

function* pathsOf(shape: Shape, path: string): Generator<string> {
	if (shape.kind === 'list') yield* pathsOf(shape.of, `${path}[]`);
	if (shape.kind === 'map') yield* pathsOf(shape.of, `${path}{}`);
	if (shape.kind !== 'object') return;
	for (const [name, member] of Object.entries(shape.members)) {
		yield `${path}.${name}`;
		yield* pathsOf(member, `${path}.${name}`);
	}
}

const BODY = 'body of CreateFlow';

/** The lines of the node. */
export function ownTables({ connectors, createFlowShape }: Tables): string[] {
	const lines = connectors.flatMap(({ type, key = type, source, operators = [], destination }) => [
		`connector ${type}`,
		...(source ? [`connector ${key} as a source`] : []),
		...(destination ? [`connector ${key} as a destination`] : []),
		...operators.map((operator) => `connector ${key} with the operator ${operator}`),
	]);
	return [...lines, ...pathsOf(createFlowShape, BODY)];
}

function suffixOf(schema: unknown): string {
	if (typeof schema === 'function') return suffixOf(Reflect.apply(schema, undefined, []));
	const list: unknown[] = Array.isArray(schema) ? schema : [];
	if (schema === 64 || list[0] === 1) return '[]';
	return schema === 128 || list[0] === 2 ? '{}' : '';
}

function* sdkPaths(structure: Structure | undefined, path: string): Generator<string> {
	for (const { name, schema } of structure?.members ?? []) {
		yield `${path}.${name}`;
		yield* sdkPaths(structureIn(schema), `${path}.${name}${suffixOf(schema)}`);
	}
}

const namesIn = (sdk: Sdk, structure: string) =>
	structureOf(sdk, structure)?.members.map(({ name }) => name) ?? [];

/** The lines of AWS's client. */
export function sdkTables(sdk: Sdk): string[] {
	const operators = namesIn(sdk, 'ConnectorOperator').flatMap((key) =>
		(valuesOf(sdk, operatorEnum(key)) ?? []).map(
			(operator) => `connector ${key} with the operator ${operator}`,
		),
	);
	return [
		...(valuesOf(sdk, 'ConnectorType') ?? []).map((type) => `connector ${type}`),
		...namesIn(sdk, NAMES.source).map((key) => `connector ${key} as a source`),
		...namesIn(sdk, NAMES.destination).map((key) => `connector ${key} as a destination`),
		...operators,
		...sdkPaths(structureOf(sdk, 'CreateFlowRequest'), BODY),
	];
}
