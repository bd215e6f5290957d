import type { IDataObject } from 'n8n-workflow';
import { OperationError, inputError } from '../../../engine/errors';
import { isObject, without, withoutNulls } from '../../../engine/values';
import { mergeBody } from '../../flowDefinition/merge';

/** The parts of a flow that UpdateFlow replaces. https://docs.aws.amazon.com/appflow/1.0/APIReference/API_UpdateFlow.html */
const UPDATABLE = [
	'description',
	'triggerConfig',
	'sourceFlowConfig',
	'destinationFlowConfigList',
	'tasks',
	'metadataCatalogConfig',
];

/** Advice for parts that UpdateFlow cannot change. */
const ALTERNATIVES: Record<string, string> = {
	flowName: 'A flow cannot be renamed. Create another flow instead.',
	kmsArn: 'The key of a flow cannot be changed. Create another flow instead.',
	tags: 'Use Tag > Add and Tag > Remove.',
};

/** Connector properties that say where data is read or written. */
const LOCATION_KEYS = ['bucketName', 'bucketPrefix', 'object', 'entityName', 'objectPath'];

/** The parts that UpdateFlow requires. */
const REQUIRED = ['triggerConfig', 'sourceFlowConfig', 'destinationFlowConfigList', 'tasks'];

/**
 * The part of a DescribeFlow response that UpdateFlow accepts, without nulls.
 * @throws OperationError if a required part is missing, because UpdateFlow would remove it
 */
export function updatableConfig(flow: IDataObject): IDataObject {
	const config = withoutNulls(flow);
	const missing = REQUIRED.filter((part) => config[part] === undefined);
	if (missing.length > 0) {
		throw new OperationError(
			`Amazon AppFlow returned the flow without ${missing.join(', ')}; nothing was changed`,
			{ fromService: true },
		);
	}
	return Object.fromEntries(
		['flowName', ...UPDATABLE]
			.filter((part) => config[part] !== undefined)
			.map((part) => [part, config[part]]),
	);
}

/**
 * @param label the label of the field with the changes
 * @throws OperationError if UpdateFlow cannot make a change
 */
export function rejectUnknownKeys(changes: IDataObject, label: string): void {
	const unknownKey = Object.keys(changes).find((key) => !UPDATABLE.includes(key));
	if (unknownKey !== undefined) {
		throw inputError(
			`${label}: "${unknownKey}" cannot be updated`,
			Object.hasOwn(ALTERNATIVES, unknownKey)
				? ALTERNATIVES[unknownKey]
				: `These can be updated: ${UPDATABLE.join(', ')}.`,
		);
	}
}

/** The configuration with changes merged into it. */
export function withChanges(config: IDataObject, changes: IDataObject): IDataObject {
	return withoutOldSchedule(mergeBody(config, changes, 'replace'));
}

/** Removes the schedule of a flow whose trigger is no longer Scheduled. */
function withoutOldSchedule(config: IDataObject): IDataObject {
	const { triggerConfig } = config;
	if (!isObject(triggerConfig) || triggerConfig.triggerType === 'Scheduled') return config;
	return { ...config, triggerConfig: without(triggerConfig, 'triggerProperties') };
}

interface Endpoint {
	connectorType: unknown;
	location: string;
}

function endpointOf(config: unknown, properties: string): Endpoint {
	const { connectorType, [properties]: union } = isObject(config) ? config : {};
	// AWS may list the other connectors with null
	const own = Object.values(isObject(union) ? union : {}).find(isObject) ?? {};
	return { connectorType, location: JSON.stringify(LOCATION_KEYS.map((key) => own[key] ?? '')) };
}

function endpointsOf({ sourceFlowConfig, destinationFlowConfigList: list }: IDataObject) {
	const destination: unknown = Array.isArray(list) ? list[0] : undefined;
	return {
		source: endpointOf(sourceFlowConfig, 'sourceConnectorProperties'),
		destination: endpointOf(destination, 'destinationConnectorProperties'),
	};
}

/**
 * Rejects a change of the connector, bucket, prefix or object, because AppFlow's own error message for it is unclear.
 * @throws OperationError if the source or destination would change
 */
export function rejectEndpointChange(before: IDataObject, after: IDataObject): void {
	const [old, updated] = [endpointsOf(before), endpointsOf(after)];
	for (const side of ['source', 'destination'] as const) {
		const changed =
			old[side].connectorType !== updated[side].connectorType
				? 'connector'
				: old[side].location !== updated[side].location
					? 'bucket, prefix or object'
					: undefined;
		if (changed === undefined) continue;
		throw inputError(
			`The ${changed} of the ${side} cannot be changed; nothing was sent`,
			'AppFlow does not support this. Create another flow instead.',
		);
	}
}
