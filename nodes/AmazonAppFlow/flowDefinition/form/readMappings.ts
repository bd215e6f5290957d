import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { isBlank, isObject, quoted, trimmedText } from '../../../engine/values';

/** A source field and its name and type in the destination. */
export interface Mapping {
	source: string;
	destination: string;
	sourceType?: string;
	destinationType?: string;
}

/** The task properties for the types of a mapping. */
export function typesOf({ sourceType, destinationType }: Mapping): IDataObject {
	return {
		...(sourceType !== undefined && { SOURCE_DATA_TYPE: sourceType }),
		...(destinationType !== undefined && { DESTINATION_DATA_TYPE: destinationType }),
	};
}

/** The fields selected in the form. A field without a destination name keeps its own name. */
function selectedFields(parameters: Parameters): Mapping[] {
	return parameters.mapped('fieldMapping').flatMap(({ name, value, isComputed, field }) => {
		const isSet = value !== undefined || isComputed;
		const isAdded = field.removed === false || (field.removed === undefined && isSet);
		if (!isAdded) return [];
		if (isBlank(value) && isComputed) {
			throw inputError(`Field Mapping: the expression for "${name}" returns no destination name`);
		}
		const destination = isBlank(value) ? name : String(value).trim();
		const type = trimmedText(field.dataType);
		return { source: name, destination, sourceType: type, destinationType: type };
	});
}

function fieldsInJson(parameters: Parameters): Mapping[] {
	return Object.entries(parameters.json('fieldMappingJson')).map(([source, target]) => {
		const { name, sourceType, destinationType } = isObject(target) ? target : { name: target };
		const destination = trimmedText(name);
		if (destination === undefined) {
			throw inputError(
				`Field Mapping (JSON): "${source}" must have a destination name, but has ${quoted(target)}`,
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

/** The mapped fields, from the form or from JSON. */
export function readMappings(parameters: Parameters, mode: 'chosen' | 'json'): Mapping[] {
	const isJson = mode === 'json';
	const mappings = isJson ? fieldsInJson(parameters) : selectedFields(parameters);
	const label = isJson ? 'Field Mapping (JSON)' : 'Field Mapping';
	const names = new Set<string>();
	for (const { destination } of mappings) {
		if (names.has(destination)) {
			throw inputError(`${label}: two fields have the destination name "${destination}"`);
		}
		names.add(destination);
	}
	return mappings;
}
