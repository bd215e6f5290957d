/** What a task does to the fields that it names; AppFlow has one list of them for each connector. */

export const arithmetic = ['ADDITION', 'DIVISION', 'MULTIPLICATION', 'SUBTRACTION'] as const;

export const masks = ['MASK_ALL', 'MASK_FIRST_N', 'MASK_LAST_N'] as const;

export const validations = [
	'VALIDATE_NON_NEGATIVE',
	'VALIDATE_NON_NULL',
	'VALIDATE_NON_ZERO',
	'VALIDATE_NUMERIC',
] as const;

export const comparisons = [
	'BETWEEN',
	'CONTAINS',
	'EQUAL_TO',
	'GREATER_THAN',
	'GREATER_THAN_OR_EQUAL_TO',
	'LESS_THAN',
	'LESS_THAN_OR_EQUAL_TO',
	'NOT_EQUAL_TO',
] as const;

export type Comparison = (typeof comparisons)[number];

/** What all connectors can do that can do more than choose records and fields. */
const transforms = [...arithmetic, ...masks, ...validations, 'NO_OP'];

/** The operators of a connector that chooses fields, chooses records by these comparisons, and transforms. */
export function allExcept(...without: Comparison[]): string[] {
	return only(...comparisons.filter((comparison) => !without.includes(comparison)));
}

/** As {@link allExcept}, with just these comparisons. */
export function only(...some: Comparison[]): string[] {
	return ['PROJECTION', ...some, ...transforms];
}

/** Which operators a task of each type takes. Types that are not here were not seen with any but NO_OP. */
export const operatorsOfTask: Partial<Record<string, readonly string[]>> = {
	Arithmetic: arithmetic,
	Filter: ['PROJECTION', ...comparisons],
	Map: ['NO_OP'],
	Map_all: ['NO_OP'],
	Mask: masks,
	Merge: ['NO_OP'],
	Truncate: ['NO_OP'],
	Validate: validations,
};

export const taskTypes = [
	'Arithmetic',
	'Filter',
	'Map',
	'Map_all',
	'Mask',
	'Merge',
	'Partition',
	'Passthrough',
	'Truncate',
	'Validate',
] as const;

export const taskProperties = [
	'CONCAT_FORMAT',
	'DATA_TYPE',
	'DESTINATION_DATA_TYPE',
	'EXCLUDE_SOURCE_FIELDS_LIST',
	'INCLUDE_NEW_FIELDS',
	'LOWER_BOUND',
	'MASK_LENGTH',
	'MASK_VALUE',
	'MATH_OPERATION_FIELDS_ORDER',
	'ORDERED_PARTITION_KEYS_LIST',
	'SOURCE_DATA_TYPE',
	'SUBFIELD_CATEGORY_MAP',
	'TRUNCATE_LENGTH',
	'UPPER_BOUND',
	'VALIDATION_ACTION',
	'VALUE',
	'VALUES',
] as const;
