import type { INodePropertyOptions } from 'n8n-workflow';
import { connectorsOf } from './connectors';
import type { Connector } from './connectors';
import { comparisons } from './operators';

/** Compares with several values. AppFlow has no separate operator for this. */
export const ANY_OF = 'EQUAL_TO_ANY';

/** The types of compared fields: AppFlow's types, or `other` for a type specific to the source. Sorted by name. */
export const filterTypes: INodePropertyOptions[] = [
	{ name: 'Boolean', value: 'boolean' },
	{ name: 'Date and Time', value: 'datetime' },
	{ name: 'Number', value: 'double' },
	{ name: 'Other', value: 'other' },
	{ name: 'Text', value: 'string' },
];

/** The conditions that take one value. */
export const singleValue: string[] = comparisons.filter((comparison) => comparison !== 'BETWEEN');

/** The filter conditions, sorted by name as in the dropdown list. */
export const conditions: INodePropertyOptions[] = [
	{ name: 'Between', value: 'BETWEEN' },
	{ name: 'Contains', value: 'CONTAINS' },
	{ name: 'Equal To', value: 'EQUAL_TO' },
	{ name: 'Equal to One Of', value: ANY_OF },
	{ name: 'Greater Than', value: 'GREATER_THAN' },
	{ name: 'Greater Than or Equal To', value: 'GREATER_THAN_OR_EQUAL_TO' },
	{ name: 'Less Than', value: 'LESS_THAN' },
	{ name: 'Less Than or Equal To', value: 'LESS_THAN_OR_EQUAL_TO' },
	{ name: 'Not Equal To', value: 'NOT_EQUAL_TO' },
];

/** The operator of a condition in requests. */
export function operatorOf(condition: string): string {
	return condition === ANY_OF ? 'EQUAL_TO' : condition;
}

/** The conditions that these operators allow. */
export function conditionsFor(operators: readonly string[] = []): INodePropertyOptions[] {
	return conditions.filter(({ value }) => operators.includes(operatorOf(String(value))));
}

/** What a blank condition means: Equal To, or the first condition of a source that does not support it. */
export function defaultCondition({ operators }: Connector): string | undefined {
	const values = conditionsFor(operators).map(({ value }) => String(value));
	return values.find((value) => value === 'EQUAL_TO') ?? values[0];
}

/** The sources for which a blank condition means one of these. */
export function sourcesWithDefault(meanings: readonly string[]): string[] {
	return connectorsOf('source')
		.filter((source) => meanings.includes(defaultCondition(source) ?? ''))
		.map(({ type }) => type);
}
