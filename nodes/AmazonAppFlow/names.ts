import { inputError } from '../engine/errors';
import type { Parameters } from '../engine/input/parameters';
import { quoted } from '../engine/values';
import { CUSTOM } from './api/answers';
import { connectors } from './flowDefinition/connectors/connectors';
import type { EntitySource } from './api/AmazonAppFlowApi';

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html */
const FLOW_NAME = /^[a-zA-Z0-9][\w!@#.-]{1,255}$/;
const PROFILE_NAME = /^[\w/!@#+=.-]{1,256}$/;
const ARN = /^arn:[\w-]+:appflow:[\w-]*:\d*:\S+$/;

/** An ARN ends with the name: arn:aws:appflow:eu-west-1:123456789012:flow/my-flow. */
function lastPart(text: string): string {
	return ARN.test(text) ? text.replace(/^[^/]*\//, '') : text;
}

/** The name of a flow, given as such or as its ARN; undefined when no flow can have this name. */
export function flowNameIn(text: string): string | undefined {
	const name = lastPart(text);
	return FLOW_NAME.test(name) ? name : undefined;
}

/**
 * The name of a flow, by which AppFlow knows it; its ARN is taken as well.
 * @throws Fault naming the field when no flow can have this name
 */
export function flowName(parameters: Parameters, path = 'flow', label = 'Flow'): string {
	const text = parameters.requiredText(path);
	const name = flowNameIn(text);
	if (name !== undefined) return name;
	throw inputError(
		`${label} must be the name of a flow, but is ${quoted(text)}`,
		'A name begins with a letter or digit, has two characters at least, and no blanks.',
	);
}

/** The ARN of something of AppFlow; undefined when it is a name. */
export function arnIn(text: string): string | undefined {
	return ARN.test(text) ? text : undefined;
}

/** The name of a saved connection; undefined when blank. */
export function connectionName(parameters: Parameters, path = 'connection'): string | undefined {
	const text = parameters.text(path);
	if (text === undefined) return undefined;
	const name = lastPart(text);
	if (PROFILE_NAME.test(name)) return name;
	throw inputError(`Connection must be the name of a connection, but is ${quoted(text)}`);
}

const LABEL = /^[a-zA-Z0-9][\w!@#.-]{1,255}$/;

/** A connector as AppFlow is asked for it. */
export interface ConnectorName {
	connectorType: string;
	connectorLabel?: string;
}

/**
 * A connector by its one name: its type, or the label of a custom connector, such as JDBCsmall.
 * Case does not matter for types, because AppFlow itself spells some of them in two ways.
 */
export function connectorOf(text: string): ConnectorName {
	const name = text.trim();
	const known = connectors.find(({ type }) => type.toLowerCase() === name.toLowerCase());
	if (known) return { connectorType: known.type };
	if (LABEL.test(name)) return { connectorType: CUSTOM, connectorLabel: name };
	throw inputError(
		`Connector must be a type such as Salesforce, or the label of a custom connector, but is ${quoted(name)}`,
	);
}

/** The connector of a field; undefined when blank. */
export function connectorIn(parameters: Parameters, path = 'connector'): ConnectorName | undefined {
	const text = parameters.text(path);
	return text === undefined ? undefined : connectorOf(text);
}

/** Connector, connection and version of the operations that look into an application. */
export function entitySource(parameters: Parameters): EntitySource {
	const { connectorType } = connectorOf(parameters.requiredText('connector'));
	const connectorProfileName = connectionName(parameters);
	const connector = connectors.find(({ type }) => type === connectorType);
	if (connectorProfileName === undefined && connector?.needsNoConnection !== true) {
		throw inputError(
			`Connection is empty, but ${connectorType} needs one`,
			'Pick one from the list, or make one in the AppFlow console, under Connections.',
		);
	}
	return {
		connectorType,
		connectorProfileName,
		apiVersion: parameters.text('options.apiVersion'),
	};
}
