import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { listIn, mapIn } from './answers';

/** The type of every application that has no type of its own. */
export const CUSTOM_CONNECTOR = 'CustomConnector';

/**
 * Identifies a connector by its type, ignoring case because AWS returns both Salesforce and SALESFORCE. Custom
 * connectors share a type and are identified by their label. Undefined if the response lacks these values.
 */
export function connectorId({ connectorType, connectorLabel }: IDataObject): string | undefined {
	if (typeof connectorType !== 'string') return undefined;
	const type = connectorType.toLowerCase();
	if (type !== CUSTOM_CONNECTOR.toLowerCase()) return type;
	return typeof connectorLabel === 'string' ? JSON.stringify([type, connectorLabel]) : undefined;
}

/**
 * Reads the pages of DescribeConnectors. A page contains a list and a map by type; entries for the same connector are
 * combined, also across pages, because AWS does not document that both describe the same connectors.
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_DescribeConnectors.html
 */
export function connectorMerger(): (body: IDataObject) => IDataObject[] {
	const merged = new Map<string, IDataObject>();
	const merge = (connector: IDataObject, mapKey?: string): IDataObject => {
		const type = connector.connectorType ?? mapKey;
		const named = type === undefined ? connector : { ...connector, connectorType: type };
		const id = connectorId(named);
		if (id === undefined) return named;
		const known = merged.get(id) ?? named;
		// null does not replace a known value
		const values = Object.entries(connector).filter(
			([name, value]) => value !== null || known[name] === undefined,
		);
		const combined = { ...known, ...Object.fromEntries(values) };
		merged.set(id, combined);
		return combined;
	};
	return (body) => [
		...listIn(body, 'connectors').map((connector) => merge(connector)),
		...Object.entries(mapIn(body, 'connectorConfigurations')).map(([type, configuration]) =>
			merge(isObject(configuration) ? configuration : {}, type),
		),
	];
}
