import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../errors';
import { isBlank, isObject } from '../values';

/** One field of a resourceMapper, for one item. */
export interface MappedField {
	/** The service's name: any text, including `__proto__`. */
	name: string;
	/** The label in the form. */
	label: string;
	/** Undefined if it is not set. */
	value: unknown;
	/** Whether an expression sets it. Its result may be blank. */
	isComputed: boolean;
	/** The field as described by the form's method, with its additions. Empty without a schema. */
	field: IDataObject;
}

function own(values: IDataObject, name: string): unknown {
	const value = Object.hasOwn(values, name) ? values[name] : undefined;
	return isBlank(value) ? undefined : value;
}

/**
 * Reads the fields of a resourceMapper. n8n stores
 * `{ mappingMode: 'defineBelow' | 'autoMapInputData', value: {...} | null, schema: [...] }`.
 * Without a schema, as in a workflow written by hand, the values determine the fields.
 * @param stored the values with unresolved expressions
 * @param json the item's JSON, for `autoMapInputData`
 * @param label the label of the form, for messages
 */
export function mappedFields(
	form: Record<string, unknown>,
	stored: unknown,
	json: () => IDataObject,
	label: string,
): MappedField[] {
	const described: unknown = form.schema;
	const schema = Array.isArray(described) ? (described as unknown[]).filter(isObject) : [];
	const isComputed = (name: string) => {
		const written = isObject(stored) && !isAutoMap ? own(stored, name) : undefined;
		return typeof written === 'string' && written.startsWith('=');
	};
	const isAutoMap = form.mappingMode === 'autoMapInputData';
	if (isAutoMap && schema.length === 0) {
		throw inputError(
			`${label} cannot map the fields of the item, because the list of fields is missing`,
			'Refresh the list of fields in the editor, or specify the properties in another way.',
		);
	}
	const given = isAutoMap ? json() : form.value;
	const values = isObject(given) ? given : {};
	if (schema.length === 0) {
		return Object.keys(values).map((name) => ({
			name,
			label: name,
			value: own(values, name),
			isComputed: isComputed(name),
			field: {},
		}));
	}
	return schema.flatMap((field) => {
		const { id: name } = field;
		if (typeof name !== 'string') return [];
		return {
			name,
			label: typeof field.displayName === 'string' ? field.displayName : name,
			// the editor may keep the value of a removed field
			value: field.removed === true && !isAutoMap ? undefined : own(values, name),
			isComputed: isComputed(name),
			field,
		};
	});
}
