import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { isBlank, isObject, quoted, trimmedText } from '../../../engine/values';

/** A field of the source, and what becomes of it in the destination. */
export interface Mapping {
	source: string;
	destination: string;
	sourceType?: string;
	destinationType?: string;
}

/** The types of a mapping, as a task has them. */
export function typesOf({ sourceType, destinationType }: Mapping): IDataObject {
	return {
		...(sourceType !== undefined && { SOURCE_DATA_TYPE: sourceType }),
		...(destinationType !== undefined && { DESTINATION_DATA_TYPE: destinationType }),
	};
}

/** What was chosen in the form: a field that was added and left without a name keeps its own. */
function chosenFields(parameters: Parameters): Mapping[] {
	return parameters.mapped('fieldMapping').flatMap(({ name, value, isComputed, field }) => {
		const isSet = value !== undefined || isComputed;
		const isAdded = field.removed === false || (field.removed === undefined && isSet);
		if (!isAdded) return [];
		if (isBlank(value) && isComputed) {
			throw inputError(
				`Field Mapping: the expression for "${name}" gives no name in the destination`,
			);
		}
		const destination = isBlank(value) ? name : String(value).trim();
		const type = trimmedText(field.dataType);
		return { source: name, destination, sourceType: type, destinationType: type };
	});
}

function fieldsInJson(parameters: Parameters): Mapping[] {
	return Object.entries(parameters.json('fieldMappingJson')).map(([source, given]) => {
		const { name, sourceType, destinationType } = isObject(given) ? given : { name: given };
		const destination = trimmedText(name);
		if (destination === undefined) {
			throw inputError(
				`Field Mapping (JSON): "${source}" must have a name in the destination, but has ${quoted(given)}`,
			);
		}
		return {
			source,
			destination,
			sourceType: trimmedText(sourceType),
			destinationType: trimmedText(destinationType),
		};
	});
}

/** Which fields of the source go where, from the form or from JSON. */
export function readMappings(parameters: Parameters, mode: 'chosen' | 'json'): Mapping[] {
	const isJson = mode === 'json';
	const mappings = isJson ? fieldsInJson(parameters) : chosenFields(parameters);
	const label = isJson ? 'Field Mapping (JSON)' : 'Field Mapping';
	const names = new Set<string>();
	for (const { destination } of mappings) {
		if (names.has(destination)) {
			throw inputError(`${label}: two fields have the name "${destination}" in the destination`);
		}
		names.add(destination);
	}
	return mappings;
}
