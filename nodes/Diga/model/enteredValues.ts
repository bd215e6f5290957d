import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../engine/values';

/** A value that a user enters: of a field, of a row's field, or of a form's field. */
export interface EnteredValue {
	/** As shown in the editor. */
	label: string;
	value: unknown;
	/** The field, or the collection that an expression stands for. */
	field: INodeProperties;
}

/** An option of a collection, or a group of a fixedCollection. */
function findOption({ options = [] }: INodeProperties, name: string) {
	return options.find((option) => option.name === name);
}

/** The label of a resourceMapper's field. */
function mappedLabel(form: object, name: string): string {
	const schema: unknown = 'schema' in form ? form.schema : undefined;
	const fields: unknown[] = Array.isArray(schema) ? schema : [];
	const field = fields.filter(isObject).find(({ id }) => id === name);
	return typeof field?.displayName === 'string' ? field.displayName : name;
}

/** All values that are entered in a field, at any depth of rows, collections and forms. */
export function* enteredValues(
	value: unknown,
	field: INodeProperties,
	label = field.displayName,
): Generator<EnteredValue> {
	if (isObject(value) && '__rl' in value) {
		yield* enteredValues(value.value, field, label);
	} else if (isObject(value) && field.type === 'resourceMapper') {
		for (const [name, one] of Object.entries(isObject(value.value) ? value.value : {}))
			yield { label: `${label}: "${mappedLabel(value, name)}"`, value: one, field };
	} else if (isObject(value) && field.options) {
		for (const [name, one] of Object.entries(value)) {
			const option = findOption(field, name);
			if (option && 'values' in option) yield* valuesInRows(one, option, label);
			else if (option && 'type' in option)
				yield* enteredValues(one, option, `${label}: ${option.displayName}`);
		}
	} else if (value !== undefined && value !== null) {
		yield { label, value, field };
	}
}

/** All values in the rows of a fixedCollection. Labels count rows from 1. */
function* valuesInRows(
	value: unknown,
	{ displayName, values }: { displayName: string; values: INodeProperties[] },
	label: string,
): Generator<EnteredValue> {
	const rows: unknown[] = [value].flat();
	for (const [index, row] of rows.entries()) {
		if (!isObject(row)) continue;
		const at = `${label}: ${displayName.toLowerCase()} ${index + 1}`;
		for (const field of values)
			yield* enteredValues(row[field.name], field, `${at}: ${field.displayName}`);
	}
}
