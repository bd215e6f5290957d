import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import { readDate } from '../../../engine/input/date';
import { isObject } from '../../../engine/values';
import { connectors, keyOf } from '../../flowDefinition/connectors/connectors';

/** Which records a run is to read, by a time of theirs; the bounds are not within. Epoch ms. */
export interface DateWindow {
	after?: number;
	before?: number;
}

/** The operators of windows, as the form names these. */
const WINDOWS = {
	BETWEEN: 'Of One Day',
	GREATER_THAN: 'After a Time',
	LESS_THAN: 'Before a Time',
} as const;

/** The calendar day of a time, in a time zone, from its first moment to its last. */
export function dayOf(date: Date, timeZone: string): DateWindow {
	const day = date.toLocaleDateString('sv-SE', { timeZone });
	const next = new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
	const [start, end] = [readDate(day, timeZone), readDate(next, timeZone)];
	// a bound is not within, so the first moment is after the one before it
	return { after: (start?.getTime() ?? NaN) - 1, before: end?.getTime() };
}

function operatorOf({ after, before }: DateWindow): keyof typeof WINDOWS | undefined {
	if (after !== undefined) return before === undefined ? 'GREATER_THAN' : 'BETWEEN';
	return before === undefined ? undefined : 'LESS_THAN';
}

/** Times are text of epoch ms in tasks, although they are numbers of epoch seconds elsewhere. */
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
 * The tasks of a flow with a filter for the window, in the place of all filters by that field; others stay.
 * Where the flow reads chosen fields only, the field is made one of them.
 * @param window without bounds, for everything
 * @throws Fault when the source cannot compare so
 */
export function tasksWithWindow(
	tasks: IDataObject[],
	connectorType: string,
	{ field, dataType, window }: { field: string; dataType: string; window: DateWindow },
): IDataObject[] {
	const operator = operatorOf(window);
	const isOld = (task: IDataObject) =>
		task.taskType === 'Filter' &&
		operatorIn(task) !== 'PROJECTION' &&
		sourceFieldsOf(task).includes(field);
	const kept = tasks.filter((task) => !isOld(task));
	if (operator === undefined) return kept;
	const source = connectors.find(({ type }) => type === connectorType);
	if (source?.operators?.includes(operator) !== true) {
		const supported = Object.entries(WINDOWS).flatMap(([name, label]) =>
			source?.operators?.includes(name) ? [label] : [],
		);
		throw inputError(
			`A flow from ${connectorType} cannot filter by ${operator}; nothing was changed`,
			supported.length > 0 ? `What it can is ${supported.join(', ')}.` : undefined,
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
