import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { isBlank, isObject, readText, quoted } from '../../../engine/values';
import { parameterOf } from './connectorFields';
import { commonSettings, connectorsOf, keyOf, labelOf } from '../connectors/connectors';
import type { Connector, Side } from '../connectors/connectors';
import { bucketNameIn, withoutLeadingSlash } from '../schema/normalize';
import { modesWithIdFields } from '../connectors/destinationSettings';
import type { Setting } from '../connectors/settings';

/** The source or destination in the form. */
export interface Endpoint {
	connector: Connector;
	config: IDataObject;
}

/** Sets a value at a path, creating the objects in between. */
function setAt(target: IDataObject, path: string[], value: unknown): void {
	const [name = '', ...rest] = path;
	if (rest.length === 0) {
		Object.assign(target, { [name]: value });
		return;
	}
	const inner = target[name] ?? {};
	Object.assign(target, { [name]: inner });
	if (isObject(inner)) setAt(inner, rest, value);
}

/** Names, from text with commas or line breaks between them, or from a list. */
export function readNames(value: unknown, label: string): string[] {
	const names: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(/[,\n]/)
			: [value];
	return names.flatMap((name) => {
		if (isBlank(name)) return [];
		const text = readText(name);
		if (text !== undefined) return [text.trim()];
		throw inputError(`${label} must be names separated by commas, but is ${quoted(value)}`);
	});
}

/** A list of names and values, as an object. */
export function readPairs(parameters: Parameters, path: string): Record<string, string> {
	const rows = parameters
		.pairs(path)
		.map(({ name, value }): [string, string] => [name, String(value).trim()]);
	return Object.fromEntries(rows);
}

function readBucket(text: string, label: string): string {
	const name = bucketNameIn(text);
	if (!/[\s/:]/.test(name)) return name;
	throw inputError(
		`${label} must be only the bucket name, without spaces, / or :, but is ${quoted(name)}`,
	);
}

/** The value of a field. Undefined if it is blank. */
function readField(
	parameters: Parameters,
	path: string,
	{ kind, inSettings, default: initial }: Setting['field'],
	label: string,
) {
	// always set, because AppFlow's examples send it even if it is empty
	if (kind === 'pairs') return readPairs(parameters, path);
	const value = parameters.raw(path);
	// a dropdown list that is always shown has a default, so a blank value from an expression is an error
	const needsValue = inSettings !== true && !isBlank(initial);
	if (isBlank(value) && needsValue) throw inputError(`${label} is empty`);
	if (isBlank(value)) return undefined;
	switch (kind) {
		case 'flag':
			return parameters.flag(path);
		case 'number':
			return parameters.number(path);
		case 'names':
		case 'choices': {
			const names = readNames(value, label);
			return names.length > 0 ? names : undefined;
		}
		case 'bucket':
			return readBucket(parameters.text(path) ?? '', label);
		case 'prefix':
			return withoutLeadingSlash(parameters.text(path) ?? '') || undefined;
		default:
			return parameters.text(path);
	}
}

function readConnector(parameters: Parameters, side: Side): Connector {
	const known = connectorsOf(side);
	const types = known.map(({ type }) => type);
	const [first = '', ...others] = types;
	const selected = parameters.choice(`${side}Connector`, [first, ...others]);
	const connector = known.find(({ type }) => type === selected);
	if (!connector) throw inputError(`There is no connector ${selected}`);
	return connector;
}

/** Reads the source or destination from {@link endpointFields}. Missing values are rejected by the check of the whole flow. */
export function readEndpoint(parameters: Parameters, side: Side): Endpoint {
	const connector = readConnector(parameters, side);
	const config: IDataObject = { connectorType: connector.type };
	const properties: IDataObject = {};
	for (const path of connector.requiredObjects ?? []) setAt(properties, path.split('.'), {});

	const read = (setting: Setting) =>
		readField(parameters, parameterOf(side, setting.field), setting.field, labelOf(side, setting));
	for (const setting of connector[side] ?? []) {
		const value = read(setting);
		if (value !== undefined) setAt(properties, setting.path.split('.'), value);
	}
	// a hidden field can contain an earlier value
	const { writeOperationType: mode } = properties;
	if (typeof mode !== 'string' || !modesWithIdFields.includes(mode)) delete properties.idFieldNames;

	for (const setting of commonSettings(side, connector)) {
		const value = read(setting);
		if (value !== undefined) setAt(config, setting.path.split('.'), value);
	}
	config[`${side}ConnectorProperties`] = { [keyOf(connector)]: properties };
	return { connector, config };
}
