import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationError } from '../../../engine/errors';
import { isObject, quoted } from '../../../engine/values';
import type { Naming } from './check';
import { CUSTOM_CONNECTOR } from '../../api/connectors';
import { connectorsOf, keyOf } from '../connectors/connectors';
import type { Connector, Side } from '../connectors/connectors';
import { modesWithIdFields } from '../connectors/destinationSettings';
import { isScheduleExpression } from '../schedule';
import { taskWarnings, tasksIn } from './taskWarnings';
import type { Task } from './taskWarnings';

/**
 * Something that AppFlow is believed not to take, or not to work with, although its model allows it.
 * The form refuses it where that is sure. What a user writes as JSON goes to AppFlow all the same, with a hint.
 */
export interface FlowWarning {
	error: OperationError;
	/** It is only likely. */
	isUncertain?: boolean;
}

/** The member that is an object; empty when there is none. */
export function objectIn(value: IDataObject, name: string): IDataObject {
	const found = value[name];
	return isObject(found) ? found : {};
}

function stringsIn(value: IDataObject, name: string): string[] {
	const found = value[name];
	const list: unknown[] = Array.isArray(found) ? found : [];
	return list.filter((one) => typeof one === 'string');
}

export function scheduleOf(trigger: IDataObject): IDataObject {
	return objectIn(objectIn(trigger, 'triggerProperties'), 'Scheduled');
}

/** Undefined when the expression is one that AppFlow reads, or is not there. */
export function expressionWarning({ scheduleExpression: text }: IDataObject, naming: Naming) {
	if (typeof text !== 'string' || isScheduleExpression(text)) return undefined;
	const name = naming === 'label' ? 'Schedule Expression' : 'scheduleExpression';
	return text.trim() === ''
		? inputError(`${name} is empty`, 'A scheduled flow needs it, such as rate(1hours).')
		: inputError(`${name} must be like rate(1hours) or cron(0 12 * * ? *), but is ${quoted(text)}`);
}

function* triggerWarnings(trigger: IDataObject, naming: Naming): Generator<OperationError> {
	const schedule = scheduleOf(trigger);
	const { scheduleExpression, scheduleStartTime: start, scheduleEndTime: end } = schedule;
	if (trigger.triggerType !== 'Scheduled') {
		if (Object.keys(schedule).length > 0) {
			yield inputError('A flow that is not Scheduled cannot have triggerProperties.Scheduled');
		}
		return;
	}
	if (scheduleExpression === undefined) {
		yield inputError(
			'triggerProperties.Scheduled.scheduleExpression is missing',
			'A scheduled flow needs it, such as rate(1hours).',
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

/** The properties of the end's own connector, or of the one that is there instead. */
function propertiesOf(end: IDataObject, side: Side, connector?: Connector): IDataObject {
	const union = objectIn(end, `${side}ConnectorProperties`);
	const own = connector && union[keyOf(connector)];
	return isObject(own) ? own : (Object.values(union).find(isObject) ?? {});
}

function connectorOfEndpoint(end: IDataObject, side: Side): Connector | undefined {
	return connectorsOf(side).find(({ type }) => type === end.connectorType);
}

function* endpointWarnings(end: IDataObject, side: Side, naming: Naming): Generator<FlowWarning> {
	const connector = connectorOfEndpoint(end, side);
	if (!connector) {
		yield { error: inputError(`${quoted(end.connectorType)} cannot be the ${side} of a flow`) };
		return;
	}
	const keys = Object.keys(objectIn(end, `${side}ConnectorProperties`));
	const key = keyOf(connector);
	if (keys.length !== 1 || !keys.includes(key)) {
		const has = keys.join(', ') || 'none';
		yield {
			error: inputError(
				`${side}ConnectorProperties of ${connector.type} must have the key ${key} and no other, but has ${has}`,
			),
		};
	}
	const title = side === 'source' ? 'Source' : 'Destination';
	if (connector.needsNoConnection !== true && end.connectorProfileName === undefined) {
		yield {
			error: inputError(
				`${naming === 'label' ? `${title} Connection` : `connectorProfileName of the ${side}`} is empty`,
				`${connector.name} is reached through a connection, which is made in the AppFlow console.`,
			),
		};
	}
	if (connector.type === CUSTOM_CONNECTOR && end.apiVersion === undefined) {
		yield {
			error: inputError(
				`${naming === 'label' ? `${title} API Version` : `apiVersion of the ${side}`} is empty`,
				'Most custom connectors need it, such as V1.',
			),
			isUncertain: true,
		};
	}
}

/** The buckets of an end, with a name that no bucket of S3 has. */
function* bucketWarnings(value: unknown): Generator<OperationError> {
	for (const [name, one] of Object.entries(isObject(value) ? value : {})) {
		if (/bucketName$/i.test(name) && typeof one === 'string' && /[\s/:]/.test(one)) {
			yield inputError(`${name} must be the name of a bucket alone, but is ${quoted(one)}`);
		} else if (name !== 'customProperties') yield* bucketWarnings(one);
	}
}

/** How the destination recognizes the records that are to be changed. */
function* idFieldWarnings(
	end: IDataObject,
	tasks: Task[],
	naming: Naming,
): Generator<OperationError> {
	const connector = connectorOfEndpoint(end, 'destination');
	const properties = propertiesOf(end, 'destination', connector);
	const { writeOperationType: mode } = properties;
	if (!connector || typeof mode !== 'string' || !modesWithIdFields.includes(mode)) return;
	const ids = stringsIn(properties, 'idFieldNames');
	const name = naming === 'label' ? 'Destination ID Fields' : 'idFieldNames';
	if (ids.length === 0) {
		yield inputError(
			`${name} is empty`,
			`${connector.name} needs it to recognise the records for ${mode}.`,
		);
	}
	if (tasks.some(({ task }) => task.taskType === 'Map_all')) return;
	const mapped = tasks.map(({ task }) => (task.taskType === 'Map' ? task.destinationField : ''));
	const missing = ids.find((id) => !mapped.includes(id));
	if (missing !== undefined) yield inputError(`${name}: no field is mapped to "${missing}"`);
}

/** What is believed of a body of CreateFlow that AWS's model allows. */
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
	const sure = [
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
	for (const error of sure) yield { error };
}
