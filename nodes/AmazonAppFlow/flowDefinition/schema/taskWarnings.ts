import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationError } from '../../../engine/errors';
import { isObject } from '../../../engine/values';
import { keyOf } from '../connectors/connectors';
import type { Connector } from '../connectors/connectors';
import { operatorsOfTask } from '../connectors/operators';

/** What a task does, and by which connectors' operators; AppFlow reads that of the source. */
export interface Task {
	name: string;
	task: IDataObject;
	operators: Map<string, string>;
}

function operatorsIn(task: IDataObject): Map<string, string> {
	const union = isObject(task.connectorOperator) ? task.connectorOperator : {};
	const entries = Object.entries(union);
	return new Map(
		entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
	);
}

export function tasksIn({ tasks }: IDataObject): Task[] {
	const list: unknown[] = Array.isArray(tasks) ? tasks : [];
	return list.filter(isObject).map((task, index) => ({
		name: `tasks[${index}]`,
		task,
		operators: operatorsIn(task),
	}));
}

/** How many fields a task of a type names, at the least. */
const FEWEST: Partial<Record<string, number>> = {
	Map: 1,
	Mask: 1,
	Truncate: 1,
	Validate: 1,
	Arithmetic: 2,
	Merge: 2,
};

function* operatorWarnings(
	{ name, task, operators }: Task,
	keys: string[],
): Generator<OperationError> {
	const type = typeof task.taskType === 'string' ? task.taskType : '';
	const allowed = operatorsOfTask[type];
	const has = [...operators.keys()];
	if (has.length > 1) {
		yield inputError(
			`${name}.connectorOperator must have exactly one key, but has ${has.join(', ')}`,
		);
	}
	const unknownKey = has.find((key) => !keys.includes(key));
	if (unknownKey !== undefined && keys.length > 0) {
		yield inputError(
			`${name}.connectorOperator must have the key ${keys[0]}, but has ${unknownKey}`,
		);
	}
	const operator = operators.get(keys[0] ?? '') ?? [...operators.values()][0];
	const isOptional = allowed?.includes('NO_OP') ?? true;
	if (operator === undefined ? !isOptional : allowed?.includes(operator) === false) {
		yield inputError(
			`${name}.connectorOperator of a ${type} task must be one of ${allowed?.join(', ')}, but is ${operator ?? 'missing'}`,
		);
	}
}

function* fieldCountWarnings({ name, task }: Task): Generator<OperationError> {
	const type = typeof task.taskType === 'string' ? task.taskType : '';
	const fields = Array.isArray(task.sourceFields) ? task.sourceFields.length : 0;
	const fewest = FEWEST[type] ?? 0;
	if (fields >= fewest) return;
	yield inputError(
		`${name}.sourceFields of a ${type} task must name at least ${fewest}, but names ${fields}`,
	);
}

/** Without such a task AppFlow was seen to refuse a flow, or to move nothing. */
export function* fieldChoiceWarnings(tasks: Task[]): Generator<OperationError> {
	const chooses = ({ task, operators }: Task) =>
		task.taskType === 'Map_all' ||
		(task.taskType === 'Filter' && [...operators.values()].includes('PROJECTION'));
	if (tasks.some(chooses)) return;
	yield inputError(
		'The tasks must have a Map_all task, or a Filter task with the operator PROJECTION',
		'A PROJECTION lists every field that the other tasks use; Fields in the form writes it by itself.',
	);
}

/**
 * What is believed of the tasks of a flow.
 * @param endpoints the connectors of the source and of the destination, where they are known
 */
export function* taskWarnings(
	tasks: Task[],
	endpoints: Array<Connector | undefined>,
): Generator<OperationError> {
	const keys = endpoints.flatMap((connector) => (connector?.operators ? [keyOf(connector)] : []));
	for (const task of tasks) {
		yield* operatorWarnings(task, keys);
		yield* fieldCountWarnings(task);
	}
	yield* fieldChoiceWarnings(tasks);
}
