import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import { currentParameter, listSearch } from '../../engine/node/editor';
import { pagedSearch } from '../../engine/node/pagedSearch';
import { isObject, trimmedText } from '../../engine/values';
import type { EntitySource } from '../api/AmazonAppFlowApi';
import { CUSTOM_CONNECTOR } from '../api/connectors';
import { amazonAppFlowApi } from '../api/definition';
import { connectorsOf, titleOf } from '../flowDefinition/connectors/connectors';
import type { Side } from '../flowDefinition/connectors/connectors';
import { noConnectorError } from './connector';
import { listEntry } from './listEntry';
import { objectRows } from './object';

/** A parameter as text. Undefined if it is blank or an expression that the editor cannot resolve. */
export function parameterText(context: ILoadOptionsFunctions, name: string): string | undefined {
	return trimmedText(currentParameter(context, name));
}

/** The source or destination of a new flow, as far as its fields are filled in. */
export function readEntitySource(context: ILoadOptionsFunctions, side: Side): EntitySource {
	const settings = currentParameter(context, `${side}Settings`);
	const type = parameterText(context, `${side}Connector`);
	const connector = connectorsOf(side).find((known) => known.type === type);
	if (!connector) throw noConnectorError();
	return {
		connectorType: connector.type,
		connectorProfileName:
			connector.needsNoConnection === true
				? undefined
				: parameterText(context, `${side}Connection`),
		apiVersion:
			connector.type === CUSTOM_CONNECTOR
				? parameterText(context, `${side}ApiVersion`)
				: trimmedText(isObject(settings) ? settings.apiVersion : undefined),
	};
}

function searchesOf(side: Side) {
	const title = titleOf(side);
	return {
		connection: pagedSearch(`search${title}Connections`, amazonAppFlowApi, {
			query: (context) => ({ connectorType: readEntitySource(context, side).connectorType }),
			load: async (api, after, query) => {
				const { results, next } = await api.connectorProfilePage({ ...query }, after);
				const rows = results.flatMap(({ connectorProfileName: name, connectorLabel }) =>
					listEntry(name, name, connectorLabel),
				);
				return { rows, next };
			},
		}),
		object: listSearch(`search${title}Objects`, amazonAppFlowApi, async (api, context) => {
			const source = readEntitySource(context, side);
			const needsConnection = connectorsOf(side).some(
				({ type, needsNoConnection }) =>
					type === source.connectorType && needsNoConnection !== true,
			);
			if (needsConnection && source.connectorProfileName === undefined) {
				throw inputError(
					`Select a ${title} Connection first. If an expression sets it, choose By Name and enter the object.`,
				);
			}
			return await objectRows(api, source);
		}),
	};
}

/** The searches of the connection and the object of a new flow's source and destination. */
export const endpointSearches = {
	source: searchesOf('source'),
	destination: searchesOf('destination'),
};
