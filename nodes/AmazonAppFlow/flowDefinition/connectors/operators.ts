/**
 * The operators of tasks. Each connector has its own list:
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorOperator.html
 */
const arithmetic = ['ADDITION', 'DIVISION', 'MULTIPLICATION', 'SUBTRACTION'] as const;

const masks = ['MASK_ALL', 'MASK_FIRST_N', 'MASK_LAST_N'] as const;

const validations = [
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

/** The operators of every connector that supports more than filters and projections. */
const transforms = [...arithmetic, ...masks, ...validations, 'NO_OP'];

/** All operators except these comparisons. */
export function allExcept(...excluded: Comparison[]): string[] {
	return only(...comparisons.filter((comparison) => !excluded.includes(comparison)));
}

/** Projection and transforms, with only these comparisons. */
export function only(...included: Comparison[]): string[] {
	return ['PROJECTION', ...included, ...transforms];
}

/** The operators that a task of each type allows. Other types are known only with NO_OP. */
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
