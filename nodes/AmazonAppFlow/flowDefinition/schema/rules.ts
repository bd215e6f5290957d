import type { IDataObject } from 'n8n-workflow';
import type { OperationError } from '../../../engine/errors';
import { check } from './check';
import type { Naming } from './check';
import { flowWarnings, expressionWarning, objectIn, scheduleOf } from './warnings';
import { createFlowShape, tasksShape } from './model';
import { fieldChoiceWarnings, tasksIn } from './taskWarnings';

/** A warning as a sentence or two, for a hint. */
export function warningText({ message, details: { description } }: OperationError): string {
	return [`${message}.`, description].filter(Boolean).join(' ');
}

/**
 * Checks what is to be merged into a flow: objects need not be whole, but tasks take the place of those before.
 * The flow itself is not checked, because AppFlow may describe it in ways of its own.
 * @returns what AppFlow may not take all the same, a sentence or two each
 * @throws Fault that names what cannot work
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
 * Checks a body of CreateFlow against AWS's model.
 * @param form the part of the body that the form's fields have made, where there is one: what is surely wrong with that
 *   is refused
 * @returns what AppFlow may not take all the same, a sentence or two each
 * @throws Fault that names what cannot work
 */
export function checkFlow(body: IDataObject, form?: IDataObject): string[] {
	const naming = form ? 'label' : 'path';
	check(body, createFlowShape, { path: '', naming });
	const warnings = [...flowWarnings(body, naming)];
	const ofForm = [...(form ? flowWarnings(form, naming) : [])].map(
		({ error: error }) => error.message,
	);
	const sure = warnings.find(
		({ error, isUncertain }) => !isUncertain && ofForm.includes(error.message),
	);
	if (sure) throw sure.error;
	return warnings.map(({ error: error }) => warningText(error));
}
