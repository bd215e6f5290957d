import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationError } from '../../../engine/errors';
import { isObject } from '../../../engine/values';
import { keyOf } from '../connectors/connectors';
import type { Connector } from '../connectors/connectors';
import { operatorsOfTask } from '../connectors/operators';

/** A task and its operators by connector. AppFlow uses the operator of the source. */
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

/** The minimum number of source fields, by task type. */
const MIN_FIELDS: Partial<Record<string, number>> = {
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
	const min = MIN_FIELDS[type] ?? 0;
	if (fields >= min) return;
	yield inputError(
		`${name}.sourceFields of a ${type} task must name at least ${min}, but names ${fields}`,
	);
}

/**
 * AppFlow rejects a flow without such a task, or the flow transfers nothing:
 * https://github.com/hashicorp/terraform-provider-aws/issues/34508
 */
export function* fieldChoiceWarnings(tasks: Task[]): Generator<OperationError> {
	const selectsFields = ({ task, operators }: Task) =>
		task.taskType === 'Map_all' ||
		(task.taskType === 'Filter' && [...operators.values()].includes('PROJECTION'));
	if (tasks.some(selectsFields)) return;
	yield inputError(
		'The tasks must include a Map_all task, or a Filter task with the operator PROJECTION',
		'A PROJECTION lists every source field that the other tasks use. The form adds it automatically.',
	);
}

/**
 * Warnings about the tasks of a flow.
 * @param endpoints the connectors of the source and the destination, if known
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
