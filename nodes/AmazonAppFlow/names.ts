import { inputError } from '../engine/errors';
import type { Parameters } from '../engine/input/parameters';
import { quoted } from '../engine/values';
import { CUSTOM_CONNECTOR } from './api/connectors';
import type { EntitySource } from './api/AmazonAppFlowApi';
import { CONNECTION_NAME, CONNECTOR_LABEL, FLOW_NAME, isName } from './api/patterns';
import { connectors } from './flowDefinition/connectors/connectors';

const ARN = /^arn:[\w-]+:appflow:[\w-]*:\d*:\S+$/;

/** The name at the end of an ARN such as arn:aws:appflow:eu-west-1:123456789012:flow/my-flow, or the text itself. */
function withoutArn(text: string): string {
	return ARN.test(text) ? text.replace(/^[^/]*\//, '') : text;
}

/** A flow name, from a name or an ARN. Undefined if it is not a valid name. */
export function parseFlowName(text: string): string | undefined {
	const name = withoutArn(text);
	return isName(name, FLOW_NAME) ? name : undefined;
}

/**
 * The flow name in a field, which can also contain an ARN.
 * @throws OperationError that names the field if it is empty or not a valid name
 */
export function readFlowName(parameters: Parameters, path = 'flow', label = 'Flow'): string {
	const text = parameters.requiredText(path);
	const name = parseFlowName(text);
	if (name !== undefined) return name;
	throw inputError(
		`${label} must be a flow name, but is ${quoted(text)}`,
		'A flow name begins with a letter or digit, has at least two characters, and contains no spaces.',
	);
}

/** An AppFlow ARN. Undefined if the text is not one. */
export function parseArn(text: string): string | undefined {
	return ARN.test(text) ? text : undefined;
}

/** The connection name in a field, which can also contain an ARN. Undefined if blank. */
export function readConnectionName(
	parameters: Parameters,
	path = 'connection',
): string | undefined {
	const text = parameters.text(path);
	if (text === undefined) return undefined;
	const name = withoutArn(text);
	if (isName(name, CONNECTION_NAME)) return name;
	throw inputError(`Connection must be a connection name, but is ${quoted(text)}`);
}

/** How requests identify a connector. */
export interface ConnectorName {
	connectorType: string;
	/** For custom connectors only. */
	connectorLabel?: string;
}

/**
 * A connector, from its type or the label of a custom connector, such as JDBCsmall.
 * Types are not case-sensitive, because AppFlow itself uses two spellings for some.
 * @throws OperationError if the text is neither
 */
export function parseConnector(text: string): ConnectorName {
	const name = text.trim();
	const known = connectors.find(({ type }) => type.toLowerCase() === name.toLowerCase());
	if (known) return { connectorType: known.type };
	if (isName(name, CONNECTOR_LABEL))
		return { connectorType: CUSTOM_CONNECTOR, connectorLabel: name };
	throw inputError(
		`Connector must be a type such as Salesforce or the label of a custom connector, but is ${quoted(name)}`,
	);
}

/** The connector in a field. Undefined if blank. */
export function readConnectorName(
	parameters: Parameters,
	path = 'connector',
): ConnectorName | undefined {
	const text = parameters.text(path);
	return text === undefined ? undefined : parseConnector(text);
}

/**
 * The connector, connection and API version, for operations on a connector's objects.
 * @throws OperationError if the connector needs a connection and none is set
 */
export function readEntitySource(parameters: Parameters): EntitySource {
	const { connectorType } = parseConnector(parameters.requiredText('connector'));
	const connectorProfileName = readConnectionName(parameters);
	const connector = connectors.find(({ type }) => type === connectorType);
	if (connectorProfileName === undefined && connector?.needsNoConnection !== true) {
		throw inputError(
			`Connection is empty, but ${connectorType} requires one`,
			'Select one from the list, or create one in the AppFlow console, under Connections.',
		);
	}
	return {
		connectorType,
		connectorProfileName,
		apiVersion: parameters.text('options.apiVersion'),
	};
}
