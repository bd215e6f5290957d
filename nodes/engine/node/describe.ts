import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { asDeclared } from '../input/field';
import type { Operation, Resource } from '../operation';

/** As long as most requests may take, in seconds. */
const REQUEST_TIMEOUT = 60;

/** The options that every operation has; execute.ts reads them. */
const commonOptions = (requestTimeout: number): INodeProperties[] => [
	{
		displayName: 'Keep Retrying For (Seconds)',
		name: 'keepRetryingFor',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3600 },
		default: 120,
		description:
			'How long one request may be sent again when the service is busy or out of reach. Only what cannot create anything twice is sent again. When nothing but failures came for so long, the items that are left fail at once. 0 never sends again.',
	},
	{
		displayName: 'Parallel Requests',
		name: 'parallelRequests',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 5,
		description:
			'How many items are in progress at the same time. The output keeps the order of the input. Read for the first item only.',
	},
	{
		displayName: 'Request Timeout (Seconds)',
		name: 'requestTimeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 600 },
		default: requestTimeout,
		description: 'How long to wait for the answer to one request',
	},
];

/** Every field that an operation has, as Parameters reads them. */
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

/** What the editor begins with: the first of those that are likely, rather than the first by the alphabet. */
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
interface Placed {
	field: INodeProperties;
	operations: string[];
}

/** Fields that are the same become one, which several operations show: the editor downloads them all. */
function mergeSame(placed: Placed[]): Placed[] {
	const found = new Map<string, Placed>();
	for (const { field, operations } of placed) {
		const key = JSON.stringify(field);
		const same = found.get(key);
		if (same) same.operations.push(...operations);
		else found.set(key, { field, operations: [...operations] });
	}
	return [...found.values()];
}

/**
 * The fields of a resource's operations, each under its own.
 * The first fields and the last ones, which are Options, are merged: that changes the order of none.
 */
function operationFields<Api>({ value: resource, operations }: Resource<Api>): INodeProperties[] {
	const parts: Record<'first' | 'middle' | 'last', Placed[]> = { first: [], middle: [], last: [] };
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
