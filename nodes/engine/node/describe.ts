import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { asDeclared } from '../input/field';
import type { Operation, Resource } from '../operation';

/** The default of Request Timeout, in seconds. */
const REQUEST_TIMEOUT = 60;

/** The options of every operation. */
const commonOptions = (requestTimeout: number): INodeProperties[] => [
	{
		displayName: 'Keep Retrying For (Seconds)',
		name: 'keepRetryingFor',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3600 },
		default: 120,
		description:
			'How long to retry a request if the service is busy or unreachable. Requests that could create duplicates are not retried. If all requests fail for this long, the remaining items fail at once. 0 disables retries.',
	},
	{
		displayName: 'Parallel Requests',
		name: 'parallelRequests',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 0 },
		default: 0,
		description:
			'How many items to process at the same time. 0 is automatic: starts with 10, increases while the service responds as fast as before, and decreases when it slows down or refuses requests. The output keeps the order of the input. The value for the first item applies to all items.',
	},
	{
		displayName: 'Request Timeout (Seconds)',
		name: 'requestTimeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 600 },
		default: requestTimeout,
		description: 'How long to wait for the response to a request',
	},
];

/** All fields of an operation, including Options, as Parameters reads them. */
export function fieldsOf<Api>({
	fields,
	options = [],
	requestTimeout = REQUEST_TIMEOUT,
}: Operation<Api>): INodeProperties[] {
	return [
		...fields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [...options, ...commonOptions(requestTimeout)].sort((a, b) =>
				a.displayName.localeCompare(b.displayName),
			),
		},
	];
}

/** The default in the editor: the first likely value that exists, otherwise the first value. */
function initialValue(all: Array<{ value: string }>, likely: string[]): string {
	const values = all.map(({ value }) => value);
	return likely.find((value) => values.includes(value)) ?? values[0] ?? '';
}

function operationSelector<Api>({ value, operations }: Resource<Api>): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map((operation) => ({
			name: operation.name,
			value: operation.value,
			action: operation.action,
			description: operation.description,
		})),
		default: initialValue(operations, ['create', 'getAll']),
	};
}

/** A field, and the operations of one resource that have it. */
interface PlacedField {
	field: INodeProperties;
	operations: string[];
}

/** Merges equal fields of several operations, because the editor downloads all fields. */
function mergeSame(placed: PlacedField[]): PlacedField[] {
	const found = new Map<string, PlacedField>();
	for (const { field, operations } of placed) {
		const key = JSON.stringify(field);
		const same = found.get(key);
		if (same) same.operations.push(...operations);
		else found.set(key, { field, operations: [...operations] });
	}
	return [...found.values()];
}

/**
 * The fields of a resource's operations. Merges the first and the last field (Options) of the operations, which does
 * not change the order of their fields.
 */
function operationFields<Api>({ value: resource, operations }: Resource<Api>): INodeProperties[] {
	const parts: Record<'first' | 'middle' | 'last', PlacedField[]> = {
		first: [],
		middle: [],
		last: [],
	};
	for (const operation of operations) {
		fieldsOf(operation).forEach((field, index, fields) => {
			const isLast = index === fields.length - 1;
			const part = isLast ? parts.last : index === 0 ? parts.first : parts.middle;
			part.push({ field, operations: [operation.value] });
		});
	}
	return [...mergeSame(parts.first), ...parts.middle, ...mergeSame(parts.last)].flatMap((placed) =>
		updateDisplayOptions({ show: { resource: [resource], operation: placed.operations } }, [
			asDeclared(placed.field),
		]),
	);
}

function sortByName<T extends { name: string }>(all: T[]): T[] {
	return [...all].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The node's parameters: the resource selector, the operation selectors, and the fields of each operation.
 * Resources and operations are sorted by name.
 */
export function describe<Api>(unsorted: Array<Resource<Api>>): INodeProperties[] {
	const resources = sortByName(unsorted).map((resource) => ({
		...resource,
		operations: sortByName(resource.operations),
	}));
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: initialValue(resources, ['flow']),
		},
		...resources.map(operationSelector),
		...resources.flatMap(operationFields),
	];
}
