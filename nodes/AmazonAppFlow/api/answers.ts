import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import { isObject, quoted } from '../../engine/values';

/** The connectorType of every application that has none of its own. */
export const CUSTOM = 'CustomConnector';

/** An answer that is a success, and cannot be what it should be. */
function unclear(message: string): OperationError {
	return new OperationError(`Amazon AppFlow answered ${message}`, { fromService: true });
}

/** A list in an answer; AWS leaves it out, or says null, when it is empty. */
export function listIn(body: IDataObject, member: string): IDataObject[] {
	const list: unknown = body[member] ?? [];
	if (!Array.isArray(list)) throw unclear(`without a list of ${member}`);
	const entries = (list as unknown[]).filter((one) => one !== null);
	if (entries.every(isObject)) return entries;
	throw unclear(`with entries of ${member} that are no objects`);
}

/** A map in an answer; left out, or null, when it is empty. */
export function mapIn(body: IDataObject, member: string): IDataObject {
	const map = body[member] ?? {};
	if (isObject(map)) return map;
	throw unclear(`without a map of ${member}`);
}

/** @throws Fault when there is a token that cannot be sent back: there are more pages then */
export function nextOf({ nextToken }: IDataObject): string | undefined {
	if (typeof nextToken === 'string' && nextToken !== '') return nextToken;
	if (nextToken === undefined || nextToken === null || nextToken === '') return undefined;
	throw unclear(`with a nextToken that is no text: ${quoted(nextToken)}`);
}

/**
 * What tells connectors apart: the type, which AWS spells in two ways, such as Salesforce and SALESFORCE. Custom
 * connectors share one type; each has its label. Undefined when an answer does not say enough.
 */
export function connectorId({ connectorType, connectorLabel }: IDataObject): string | undefined {
	if (typeof connectorType !== 'string') return undefined;
	const type = connectorType.toLowerCase();
	if (type !== CUSTOM.toLowerCase()) return type;
	return typeof connectorLabel === 'string' ? JSON.stringify([type, connectorLabel]) : undefined;
}

/**
 * Reads the pages of DescribeConnectors, which have a list, and a map by type; a connector that is in both is one.
 * Nothing says that map and list of a page are of the same connectors, so that all pages count.
 */
export function connectorMerger(): (body: IDataObject) => IDataObject[] {
	const merged = new Map<string, IDataObject>();
	const merge = (connector: IDataObject, keyOfMap?: string): IDataObject => {
		const type = connector.connectorType ?? keyOfMap;
		const named = type === undefined ? connector : { ...connector, connectorType: type };
		const id = connectorId(named);
		if (id === undefined) return named;
		const known = merged.get(id) ?? named;
		// the key of the map is but another spelling of a type that is known, and null says nothing of what is known
		const told = Object.entries(connector).filter(
			([name, value]) => value !== null || known[name] === undefined,
		);
		const whole = { ...known, ...Object.fromEntries(told) };
		merged.set(id, whole);
		return whole;
	};
	return (body) => [
		...listIn(body, 'connectors').map((connector) => merge(connector)),
		...Object.entries(mapIn(body, 'connectorConfigurations')).map(([type, configuration]) =>
			merge(isObject(configuration) ? configuration : {}, type),
		),
	];
}
