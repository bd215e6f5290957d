import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

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
			'How long one request may be sent again when the service is busy or out of reach. Only what cannot create anything twice is sent again. 0 never does.',
	},
	{
		displayName: 'Parallel Requests',
		name: 'parallelRequests',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
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

function firstValue([first]: Array<{ value: string }>): string {
	return first?.value ?? '';
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
		default: firstValue(operations),
	};
}

/** The node's parameters: resource and operation selectors, and the fields of each operation under its own. */
export function describe<Api>(resources: Array<Resource<Api>>): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: firstValue(resources),
		},
		...resources.map(operationSelector),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				updateDisplayOptions(
					{ show: { resource: [resource.value], operation: [operation.value] } },
					fieldsOf(operation),
				),
			),
		),
	];
}
