import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../errors';
import { isBlank, isObject } from '../values';

/** One field of a resourceMapper, at one item. */
export interface MappedField {
	/** The service's name for it: any text, `__proto__` among it. */
	name: string;
	/** As the form shows it. */
	label: string;
	/** undefined when it was not set: n8n stores null, or nothing at all. */
	value: unknown;
	/** It is set by an expression, which may have given nothing. */
	isComputed: boolean;
	/** The field as the form's method described it, with whatever that added; empty when it was not described. */
	field: IDataObject;
}

function own(values: IDataObject, name: string): unknown {
	const value = Object.hasOwn(values, name) ? values[name] : undefined;
	return isBlank(value) ? undefined : value;
}

/**
 * The fields of a resourceMapper, of which n8n stores
 * `{ mappingMode: 'defineBelow' | 'autoMapInputData', value: {...} | null, schema: [...] }`.
 * Without a schema, as in a workflow written by hand, the values are what there is.
 * @param stored the values before their expressions are resolved
 * @param json the item's own fields, for `autoMapInputData`
 * @param label names the form in the refusal
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
		const written = isObject(stored) && !takesAll ? own(stored, name) : undefined;
		return typeof written === 'string' && written.startsWith('=');
	};
	const takesAll = form.mappingMode === 'autoMapInputData';
	if (takesAll && schema.length === 0) {
		throw inputError(
			`${label} does not know which fields of the item to take`,
			'Refresh its list of fields in the editor, or specify the properties in another way.',
		);
	}
	const given = takesAll ? json() : form.value;
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
			// the editor hides a field that was removed, but may keep its value
			value: field.removed === true && !takesAll ? undefined : own(values, name),
			isComputed: isComputed(name),
			field,
		};
	});
}
