import type { IDataObject } from 'n8n-workflow';
import { OperationError, inputError } from '../../../engine/errors';
import { isObject, withoutNulls } from '../../../engine/values';

/** What UpdateFlow takes beside the name; it replaces all of it. https://docs.aws.amazon.com/appflow/1.0/APIReference/API_UpdateFlow.html */
const PARTS = [
	'description',
	'triggerConfig',
	'sourceFlowConfig',
	'destinationFlowConfigList',
	'tasks',
	'metadataCatalogConfig',
];

/** What a user may look for in vain, and where it is. */
const ELSEWHERE: Record<string, string> = {
	flowName: 'A flow keeps its name. Create another flow instead.',
	kmsArn: 'A flow keeps its key. Create another flow instead.',
	tags: 'Use Tag > Add and Tag > Remove.',
};

/** Where the data comes from, or goes to, within one connector. */
const PLACE = ['bucketName', 'bucketPrefix', 'object', 'entityName', 'objectPath'];

/** What UpdateFlow must be given of it. */
const REQUIRED = ['triggerConfig', 'sourceFlowConfig', 'destinationFlowConfigList', 'tasks'];

/**
 * A flow as DescribeFlow gives it, without what UpdateFlow does not take, and without what is null.
 * @throws Fault when a part is missing that UpdateFlow would replace
 */
export function configOf(flow: IDataObject): IDataObject {
	const whole = withoutNulls(flow);
	const missing = REQUIRED.filter((part) => whole[part] === undefined);
	if (missing.length > 0) {
		throw new OperationError(
			`Amazon AppFlow answered without ${missing.join(', ')} of the flow; nothing was changed`,
			{ fromService: true },
		);
	}
	return Object.fromEntries(
		['flowName', ...PARTS]
			.filter((part) => whole[part] !== undefined)
			.map((part) => [part, whole[part]]),
	);
}

/** Objects key by key; anything else takes the place of what was there. null takes a key away. */
function merged(old: unknown, change: unknown): unknown {
	if (Array.isArray(old) && Array.isArray(change) && old.length === 1 && change.length === 1) {
		const was: unknown = old[0];
		const is: unknown = change[0];
		return isObject(was) && isObject(is) && !('taskType' in is) ? [merged(was, is)] : change;
	}
	if (!isObject(old) || !isObject(change)) return change;
	const keys = new Set([...Object.keys(old), ...Object.keys(change)]);
	return Object.fromEntries(
		[...keys]
			.filter((key) => !Object.hasOwn(change, key) || change[key] !== null)
			.map((key) => [
				key,
				Object.hasOwn(change, key) ? merged(own(old, key), change[key]) : old[key],
			]),
	);
}

function own(object: IDataObject, key: string): unknown {
	return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * @param label of the field that has the changes
 * @throws Fault when a change is of something that UpdateFlow does not take
 */
export function rejectUnknownKeys(changes: IDataObject, label: string): void {
	const stranger = Object.keys(changes).find((key) => !PARTS.includes(key));
	if (stranger !== undefined) {
		throw inputError(
			`${label}: "${stranger}" cannot be changed by an update`,
			Object.hasOwn(ELSEWHERE, stranger)
				? ELSEWHERE[stranger]
				: `What can be changed is ${PARTS.join(', ')}.`,
		);
	}
}

/** The configuration with changes merged into it. */
export function withChanges(config: IDataObject, changes: IDataObject): IDataObject {
	const result = merged(config, changes);
	return isObject(result) ? withoutOldSchedule(result) : config;
}

/** A flow that becomes one on demand, or on an event, has its schedule no more. */
function withoutOldSchedule(config: IDataObject): IDataObject {
	const { triggerConfig } = config;
	if (!isObject(triggerConfig) || triggerConfig.triggerType === 'Scheduled') return config;
	const { triggerProperties: _old, ...kept } = triggerConfig;
	return { ...config, triggerConfig: kept };
}

interface End {
	connectorType: unknown;
	place: string;
}

function endOf(config: unknown, properties: string): End {
	const { connectorType, [properties]: union } = isObject(config) ? config : {};
	// AWS may name the other connectors as well, with nothing
	const place = Object.values(isObject(union) ? union : {}).find(isObject) ?? {};
	return { connectorType, place: JSON.stringify(PLACE.map((name) => place[name] ?? '')) };
}

function endsOf({ sourceFlowConfig, destinationFlowConfigList: list }: IDataObject) {
	const destination: unknown = Array.isArray(list) ? list[0] : undefined;
	return {
		source: endOf(sourceFlowConfig, 'sourceConnectorProperties'),
		destination: endOf(destination, 'destinationConnectorProperties'),
	};
}

/**
 * AppFlow refuses such a change with sentences that do not say what it is about.
 * @throws Fault when the flow would move other data, or to another place, than before
 */
export function rejectEndpointChange(before: IDataObject, after: IDataObject): void {
	const [was, is] = [endsOf(before), endsOf(after)];
	for (const side of ['source', 'destination'] as const) {
		const what =
			was[side].connectorType !== is[side].connectorType
				? 'connector'
				: was[side].place !== is[side].place
					? 'bucket, prefix or object'
					: undefined;
		if (what === undefined) continue;
		throw inputError(
			`The ${what} of the ${side} cannot be changed; nothing was sent`,
			'AppFlow allows that for a new flow only. Create another flow instead.',
		);
	}
}
