import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import { readDate } from '../../../engine/input/date';
import { isObject } from '../../../engine/values';
import { connectors, keyOf } from '../../flowDefinition/connectors/connectors';

/** The time range of records to transfer, in epoch ms. The bounds are excluded. */
export interface DateWindow {
	after?: number;
	before?: number;
}

/** The labels of windows in the form, by operator. */
const WINDOWS = {
	BETWEEN: 'From One Day',
	GREATER_THAN: 'After a Time',
	LESS_THAN: 'Before a Time',
} as const;

/** The calendar day of a time in a time zone. */
export function dayOf(date: Date, timeZone: string): DateWindow {
	const day = date.toLocaleDateString('sv-SE', { timeZone });
	const next = new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
	const [start, end] = [readDate(day, timeZone), readDate(next, timeZone)];
	// bounds are excluded, so the lower bound is 1 ms before the day
	return { after: (start?.getTime() ?? NaN) - 1, before: end?.getTime() };
}

function operatorOf({ after, before }: DateWindow): keyof typeof WINDOWS | undefined {
	if (after !== undefined) return before === undefined ? 'GREATER_THAN' : 'BETWEEN';
	return before === undefined ? undefined : 'LESS_THAN';
}

/** In tasks, times are text with epoch ms. Elsewhere, AppFlow uses numbers with epoch seconds. */
function boundsOf({ after, before }: DateWindow): Record<string, string> {
	return after !== undefined && before !== undefined
		? { LOWER_BOUND: String(after), UPPER_BOUND: String(before) }
		: { VALUE: String(after ?? before) };
}

function operatorIn({ connectorOperator }: IDataObject): unknown {
	return isObject(connectorOperator) ? Object.values(connectorOperator)[0] : undefined;
}

function sourceFieldsOf({ sourceFields }: IDataObject): unknown[] {
	return Array.isArray(sourceFields) ? sourceFields : [];
}

/**
 * The tasks with a filter for the window, which replaces all filters by the same field. If the flow reads only
 * selected fields, the field is added to them.
 * @param window a window without bounds removes the filter
 * @throws OperationError if the source does not support the operator
 */
export function tasksWithWindow(
	tasks: IDataObject[],
	connectorType: string,
	{ field, dataType, window }: { field: string; dataType: string; window: DateWindow },
): IDataObject[] {
	const operator = operatorOf(window);
	const isReplaced = (task: IDataObject) =>
		task.taskType === 'Filter' &&
		operatorIn(task) !== 'PROJECTION' &&
		sourceFieldsOf(task).includes(field);
	const kept = tasks.filter((task) => !isReplaced(task));
	if (operator === undefined) return kept;
	const source = connectors.find(({ type }) => type === connectorType);
	if (source?.operators?.includes(operator) !== true) {
		const supported = Object.entries(WINDOWS).flatMap(([name, label]) =>
			source?.operators?.includes(name) ? [label] : [],
		);
		throw inputError(
			`A flow from ${connectorType} does not support the filter ${operator}; nothing was changed`,
			supported.length > 0 ? `Supported: ${supported.join(', ')}.` : undefined,
		);
	}
	return [
		...kept.map((task) =>
			operatorIn(task) === 'PROJECTION' && !sourceFieldsOf(task).includes(field)
				? { ...task, sourceFields: [...sourceFieldsOf(task), field] as string[] }
				: task,
		),
		{
			taskType: 'Filter',
			sourceFields: [field],
			connectorOperator: { [keyOf(source)]: operator },
			taskProperties: { DATA_TYPE: dataType, ...boundsOf(window) },
		},
	];
}
