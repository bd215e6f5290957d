import type { IDataObject } from 'n8n-workflow';
import { refusal } from '../../engine/fault';
import { isObject } from '../../engine/values';
import { check } from './check';
import type { Naming } from './check';
import { connectorsOf, CUSTOM, keyOf } from './connectors';
import type { Connector, Side } from './connectors';
import { createFlowShape, tasksShape } from './model';
import { operatorsOfTask } from './operators';
import { recognising } from './destinationSettings';
import { checkScheduleExpression } from '../schedule';

/** One end of the flow, as it is in a request whose shape was checked. */
interface End {
	connector: Connector;
	/** Of the connector. */
	properties: IDataObject;
}

function inner(value: IDataObject, name: string): IDataObject {
	const found = value[name];
	return isObject(found) ? found : {};
}

function listIn(value: IDataObject, name: string): IDataObject[] {
	const found = value[name];
	return Array.isArray(found) ? (found as unknown[]).filter(isObject) : [];
}

function textsIn(value: IDataObject, name: string): string[] {
	const found = value[name];
	const list: unknown[] = Array.isArray(found) ? found : [];
	return list.filter((one) => typeof one === 'string');
}

function scheduleOf(trigger: IDataObject): IDataObject {
	return inner(inner(trigger, 'triggerProperties'), 'Scheduled');
}

function expressionName(naming: Naming): string {
	return naming === 'label' ? 'Schedule Expression' : 'scheduleExpression';
}

function checkSchedule(trigger: IDataObject, naming: Naming): void {
	const schedule = scheduleOf(trigger);
	const { scheduleExpression, scheduleStartTime: start, scheduleEndTime: end } = schedule;
	const name = expressionName(naming);
	if (trigger.triggerType !== 'Scheduled') {
		if (Object.keys(schedule).length === 0) return;
		throw refusal('A flow that is not Scheduled cannot have triggerProperties.Scheduled');
	}
	if (typeof scheduleExpression !== 'string' || scheduleExpression.trim() === '') {
		throw refusal(`${name} is empty`, 'A scheduled flow needs it, such as rate(1hours).');
	}
	checkScheduleExpression(scheduleExpression, name);
	if (typeof start === 'number' && typeof end === 'number' && end <= start) {
		throw refusal(
			naming === 'label'
				? 'Schedule Settings: End must be later than Start'
				: 'scheduleEndTime must be later than scheduleStartTime',
		);
	}
}

function endOf(config: IDataObject, side: Side, naming: Naming): End {
	const connector = connectorsOf(side).find(({ type }) => type === config.connectorType);
	// the shape was checked
	if (!connector) throw refusal(`There is no ${side} connector`);
	const union = inner(config, `${side}ConnectorProperties`);
	const key = keyOf(connector);
	if (!(key in union)) {
		throw refusal(
			`${side}ConnectorProperties of ${connector.type} must have the key ${key}, but has ${Object.keys(union).join(', ')}`,
		);
	}
	if (connector.needsNoConnection !== true && config.connectorProfileName === undefined) {
		const name = side === 'source' ? 'Source Connection' : 'Destination Connection';
		throw refusal(
			`${naming === 'label' ? name : `connectorProfileName of the ${side}`} is empty`,
			`${connector.name} is reached through a connection, which is made in the AppFlow console.`,
		);
	}
	if (connector.type === CUSTOM && config.apiVersion === undefined) {
		const name = side === 'source' ? 'Source API Version' : 'Destination API Version';
		throw refusal(
			`${naming === 'label' ? name : `apiVersion of the ${side}`} is empty`,
			'A custom connector needs it, such as V1.',
		);
	}
	return { connector, properties: inner(union, key) };
}

/** What a task does, and by which connector's operator; `operator` is undefined where it has none. */
interface Task {
	name: string;
	task: IDataObject;
	key?: string;
	operator?: string;
}

function tasksIn(body: IDataObject): Task[] {
	return listIn(body, 'tasks').map((task, index) => {
		const [[key, operator] = []] = Object.entries(inner(task, 'connectorOperator'));
		const text = typeof operator === 'string' ? operator : undefined;
		return { name: `tasks[${index}]`, task, key, operator: text };
	});
}

function checkTask({ name, task, key, operator }: Task, source: End, destination: End): void {
	const type = typeof task.taskType === 'string' ? task.taskType : '';
	const allowed = operatorsOfTask[type];
	const keys = [source.connector, destination.connector]
		.filter(({ operators }) => operators !== undefined)
		.map(keyOf);
	if (key !== undefined && !keys.includes(key)) {
		throw refusal(`${name}.connectorOperator must have the key ${keys[0]}, but has ${key}`);
	}
	const isOptional = allowed?.includes('NO_OP') ?? true;
	if (operator === undefined ? !isOptional : allowed?.includes(operator) === false) {
		throw refusal(
			`${name}.connectorOperator of a ${type} task must be one of ${allowed?.join(', ')}, but is ${operator ?? 'missing'}`,
		);
	}
	const fields = textsIn(task, 'sourceFields').length;
	const least = { Map: 1, Mask: 1, Truncate: 1, Validate: 1, Arithmetic: 2, Merge: 2 }[type] ?? 0;
	if (fields < least) {
		throw refusal(
			`${name}.sourceFields of a ${type} task must name at least ${least}, but names ${fields}`,
		);
	}
}

/** AppFlow refuses tasks that neither choose fields nor take them all. */
function checkChoosesFields(tasks: Task[]): void {
	const chooses = ({ task, operator }: Task) =>
		task.taskType === 'Map_all' || (task.taskType === 'Filter' && operator === 'PROJECTION');
	if (tasks.some(chooses)) return;
	throw refusal(
		'The tasks must have a Map_all task, or a Filter task with the operator PROJECTION',
		'A PROJECTION lists every field that the other tasks use; Fields in the form writes it by itself.',
	);
}

function checkRecognises({ connector, properties }: End, tasks: Task[], naming: Naming): void {
	const { writeOperationType: mode } = properties;
	if (typeof mode !== 'string' || !recognising.includes(mode)) return;
	const ids = textsIn(properties, 'idFieldNames');
	const name = naming === 'label' ? 'Destination ID Fields' : 'idFieldNames';
	if (ids.length === 0) {
		throw refusal(
			`${name} is empty`,
			`${connector.name} needs it to recognise the records for ${mode}.`,
		);
	}
	if (tasks.some(({ task }) => task.taskType === 'Map_all')) return;
	const mapped = tasks.map(({ task }) => (task.taskType === 'Map' ? task.destinationField : ''));
	const missing = ids.find((id) => !mapped.includes(id));
	if (missing === undefined) return;
	throw refusal(`${name}: no field is mapped to "${missing}"`);
}

/**
 * Checks what is to be merged into a flow: objects need not be whole, but tasks take the place of those before.
 * The flow itself is not checked, because AppFlow may describe it in ways of its own.
 * @throws Fault that names what cannot work
 */
export function checkChanges(changes: IDataObject, naming: Naming): void {
	check(changes, createFlowShape, { path: '', naming, isChange: true });
	const { scheduleExpression } = scheduleOf(inner(changes, 'triggerConfig'));
	if (typeof scheduleExpression === 'string') {
		checkScheduleExpression(scheduleExpression, expressionName(naming));
	}
	if (changes.tasks === undefined) return;
	check(changes.tasks, tasksShape, { path: 'tasks', naming });
	checkChoosesFields(tasksIn(changes));
}

/**
 * Checks a body of CreateFlow against AppFlow's model, and what is known of its own rules.
 * @param naming the form's labels, or the paths in the JSON that the user wrote
 * @throws Fault that names what cannot work
 */
export function checkFlow(body: IDataObject, naming: Naming): void {
	check(body, createFlowShape, { path: '', naming });
	checkSchedule(inner(body, 'triggerConfig'), naming);
	const source = endOf(inner(body, 'sourceFlowConfig'), 'source', naming);
	const [target = {}] = listIn(body, 'destinationFlowConfigList');
	const destination = endOf(target, 'destination', naming);
	const tasks = tasksIn(body);
	for (const task of tasks) checkTask(task, source, destination);
	checkChoosesFields(tasks);
	checkRecognises(destination, tasks, naming);
}
