import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationError } from '../../../engine/errors';
import { isObject, quoted } from '../../../engine/values';
import type { Naming } from './check';
import { CUSTOM_CONNECTOR } from '../../api/connectors';
import { connectorsOf, keyOf, titleOf } from '../connectors/connectors';
import type { Connector, Side } from '../connectors/connectors';
import { modesWithIdFields } from '../connectors/destinationSettings';
import { isScheduleExpression } from '../schedule';
import { taskWarnings, tasksIn } from './taskWarnings';
import type { Task } from './taskWarnings';

/**
 * A problem that AWS's model allows, but that AppFlow is expected to reject or not to work with. If the form caused it
 * and it is certain, it is an error. In a user's JSON it is only a hint, and the request is sent.
 */
export interface FlowWarning {
	error: OperationError;
	/** True if AppFlow may accept the value. */
	isUncertain?: boolean;
}

/** An object member. Empty if there is no object. */
export function objectIn(value: IDataObject, name: string): IDataObject {
	const member = value[name];
	return isObject(member) ? member : {};
}

function stringsIn(value: IDataObject, name: string): string[] {
	const member = value[name];
	const list: unknown[] = Array.isArray(member) ? member : [];
	return list.filter((entry) => typeof entry === 'string');
}

export function scheduleOf(trigger: IDataObject): IDataObject {
	return objectIn(objectIn(trigger, 'triggerProperties'), 'Scheduled');
}

/** A warning about a schedule expression. Undefined if it is valid or missing. */
export function expressionWarning({ scheduleExpression: text }: IDataObject, naming: Naming) {
	if (typeof text !== 'string' || isScheduleExpression(text)) return undefined;
	const name = naming === 'label' ? 'Schedule Expression' : 'scheduleExpression';
	return text.trim() === ''
		? inputError(`${name} is empty`, 'A scheduled flow requires it, e.g. rate(1hours).')
		: inputError(
				`${name} must have a format such as rate(1hours) or cron(0 12 * * ? *), but is ${quoted(text)}`,
			);
}

function* triggerWarnings(trigger: IDataObject, naming: Naming): Generator<OperationError> {
	const schedule = scheduleOf(trigger);
	const { scheduleExpression, scheduleStartTime: start, scheduleEndTime: end } = schedule;
	if (trigger.triggerType !== 'Scheduled') {
		if (Object.keys(schedule).length > 0) {
			yield inputError('triggerProperties.Scheduled requires the triggerType Scheduled');
		}
		return;
	}
	if (scheduleExpression === undefined) {
		yield inputError(
			'triggerProperties.Scheduled.scheduleExpression is missing',
			'A scheduled flow requires it, e.g. rate(1hours).',
		);
	}
	const warning = expressionWarning(schedule, naming);
	if (warning) yield warning;
	if (typeof start === 'number' && typeof end === 'number' && end <= start) {
		yield inputError(
			naming === 'label'
				? 'Schedule Settings: End must be later than Start'
				: 'scheduleEndTime must be later than scheduleStartTime',
		);
	}
}

/** The properties of the endpoint's connector, or those set for another connector. */
function propertiesOf(endpoint: IDataObject, side: Side, connector?: Connector): IDataObject {
	const union = objectIn(endpoint, `${side}ConnectorProperties`);
	const properties = connector && union[keyOf(connector)];
	return isObject(properties) ? properties : (Object.values(union).find(isObject) ?? {});
}

function connectorOfEndpoint(endpoint: IDataObject, side: Side): Connector | undefined {
	return connectorsOf(side).find(({ type }) => type === endpoint.connectorType);
}

function* endpointWarnings(
	endpoint: IDataObject,
	side: Side,
	naming: Naming,
): Generator<FlowWarning> {
	const connector = connectorOfEndpoint(endpoint, side);
	if (!connector) {
		yield {
			error: inputError(`${quoted(endpoint.connectorType)} cannot be the ${side} of a flow`),
		};
		return;
	}
	const keys = Object.keys(objectIn(endpoint, `${side}ConnectorProperties`));
	const key = keyOf(connector);
	if (keys.length !== 1 || !keys.includes(key)) {
		const has = keys.join(', ') || 'none';
		yield {
			error: inputError(
				`${side}ConnectorProperties of ${connector.type} must have only the key ${key}, but has ${has}`,
			),
		};
	}
	const title = titleOf(side);
	if (connector.needsNoConnection !== true && endpoint.connectorProfileName === undefined) {
		yield {
			error: inputError(
				`${naming === 'label' ? `${title} Connection` : `connectorProfileName of the ${side}`} is empty`,
				`${connector.name} requires a connection. Create one in the AppFlow console.`,
			),
		};
	}
	if (connector.type === CUSTOM_CONNECTOR && endpoint.apiVersion === undefined) {
		yield {
			error: inputError(
				`${naming === 'label' ? `${title} API Version` : `apiVersion of the ${side}`} is empty`,
				'Most custom connectors require it, e.g. V1.',
			),
			isUncertain: true,
		};
	}
}

/** Warnings about bucket names that are not valid in S3. */
function* bucketWarnings(value: unknown): Generator<OperationError> {
	for (const [name, member] of Object.entries(isObject(value) ? value : {})) {
		if (/bucketName$/i.test(name) && typeof member === 'string' && /[\s/:]/.test(member)) {
			yield inputError(`${name} must be only the bucket name, but is ${quoted(member)}`);
		} else if (name !== 'customProperties') yield* bucketWarnings(member);
	}
}

/** Warnings about the fields that identify the records to change. */
function* idFieldWarnings(
	endpoint: IDataObject,
	tasks: Task[],
	naming: Naming,
): Generator<OperationError> {
	const connector = connectorOfEndpoint(endpoint, 'destination');
	const properties = propertiesOf(endpoint, 'destination', connector);
	const { writeOperationType: mode } = properties;
	if (!connector || typeof mode !== 'string' || !modesWithIdFields.includes(mode)) return;
	const ids = stringsIn(properties, 'idFieldNames');
	const name = naming === 'label' ? 'Destination ID Fields' : 'idFieldNames';
	if (ids.length === 0) {
		yield inputError(
			`${name} is empty`,
			`${connector.name} requires it to identify records for ${mode}.`,
		);
	}
	if (tasks.some(({ task }) => task.taskType === 'Map_all')) return;
	const mapped = tasks.map(({ task }) => (task.taskType === 'Map' ? task.destinationField : ''));
	const missing = ids.find((id) => !mapped.includes(id));
	if (missing !== undefined) yield inputError(`${name}: no field is mapped to "${missing}"`);
}

/** Warnings about a body of CreateFlow that is valid in AWS's model. */
export function* flowWarnings(body: IDataObject, naming: Naming): Generator<FlowWarning> {
	const source = objectIn(body, 'sourceFlowConfig');
	const { destinationFlowConfigList: list } = body;
	const destinations = (Array.isArray(list) ? (list as unknown[]) : []).filter(isObject);
	const [destination = {}] = destinations;
	const tasks = tasksIn(body);
	const endpoints = [
		connectorOfEndpoint(source, 'source'),
		connectorOfEndpoint(destination, 'destination'),
	];
	const certain = [
		...triggerWarnings(objectIn(body, 'triggerConfig'), naming),
		...bucketWarnings(source.sourceConnectorProperties),
		...bucketWarnings(destination.destinationConnectorProperties),
		...taskWarnings(tasks, endpoints),
		...idFieldWarnings(destination, tasks, naming),
	];
	if (destinations.length !== 1) {
		yield {
			error: inputError(
				`destinationFlowConfigList must have exactly 1 entry, but has ${destinations.length}`,
			),
		};
	}
	yield* endpointWarnings(source, 'source', naming);
	if (destinations.length > 0) yield* endpointWarnings(destination, 'destination', naming);
	for (const error of certain) yield { error };
}
