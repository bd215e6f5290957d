import type { IDataObject } from 'n8n-workflow';
import type { OperationError } from '../../../engine/errors';
import { inputError } from '../../../engine/errors';
import { check, missingMembers } from './check';
import type { Naming } from './check';
import { flowWarnings, expressionWarning, objectIn, scheduleOf } from './warnings';
import { createFlowShape, tasksShape } from './model';
import { fieldChoiceWarnings, tasksIn } from './taskWarnings';

/** A warning as one or two sentences, for a hint. */
function warningText({ message, details: { description } }: OperationError): string {
	return [`${message}.`, description].filter(Boolean).join(' ');
}

/**
 * Checks changes to merge into a flow. Objects can be partial; tasks replace the existing tasks. The existing flow is
 * not checked, because DescribeFlow may return values that CreateFlow does not accept.
 * @returns warnings about what AppFlow may reject, one or two sentences each
 * @throws OperationError that names the first invalid value
 */
export function checkChanges(changes: IDataObject, naming: Naming): string[] {
	check(changes, createFlowShape, { path: '', naming, isChange: true });
	const warning = expressionWarning(scheduleOf(objectIn(changes, 'triggerConfig')), naming);
	if (warning && naming === 'label') throw warning;
	const warnings = warning ? [warning] : [];
	if (changes.tasks !== undefined) {
		check(changes.tasks, tasksShape, { path: 'tasks', naming });
		warnings.push(...fieldChoiceWarnings(tasksIn(changes)));
	}
	return warnings.map(warningText);
}

/**
 * Checks a body of CreateFlow.
 * @param form the part of the body that comes from the form's fields, if any; a certain problem in it is an error
 * @returns warnings about what AppFlow may reject, one or two sentences each
 * @throws OperationError that names the first invalid value
 */
export function checkFlow(body: IDataObject, form?: IDataObject): string[] {
	const naming = form ? 'label' : 'path';
	const place: Parameters<typeof check>[2] = { path: '', naming };
	// JSON is read from the top, because a missing member may only be misspelled
	const missing = form ? missingMembers(body, createFlowShape, place) : [];
	if (missing.length > 1) {
		throw inputError(`${missing.slice(0, -1).join(', ')} and ${missing.at(-1)} are empty`);
	}
	check(body, createFlowShape, place);
	const warnings = [...flowWarnings(body, naming)];
	const formMessages = [...(form ? flowWarnings(form, naming) : [])].map(
		({ error }) => error.message,
	);
	const certain = warnings.find(
		({ error, isUncertain }) => !isUncertain && formMessages.includes(error.message),
	);
	if (certain) throw certain.error;
	return warnings.map(({ error }) => warningText(error));
}
