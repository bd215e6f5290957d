import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

type Choice = INodePropertyOptions | INodeProperties | INodePropertyCollection;

const isGroup = (choice: Choice): choice is INodePropertyCollection => 'values' in choice;
const isField = (choice: Choice): choice is INodeProperties => 'type' in choice;
const isOption = (choice: Choice): choice is INodePropertyOptions => 'value' in choice;

/** Everything that n8n can store for a field and the fields inside it, one line each; `path` is its name in the workflow. */
function linesOf(field: INodeProperties, path: string): string[] {
	const choices = field.options ?? [];
	return [
		// n8n does not store a value that equals the default
		`${path} ${JSON.stringify(field.default)}`,
		...(field.modes ?? []).map(({ name }) => `${path} mode ${name}`),
		...choices.filter(isOption).map(({ value }) => `${path} = ${value}`),
		...choices.filter(isField).flatMap((one) => linesOf(one, `${path}.${one.name}`)),
		...choices
			.filter(isGroup)
			.flatMap(({ name, values }) =>
				values.flatMap((one) => linesOf(one, `${path}.${name}.${one.name}`)),
			),
	];
}

const isText = (value: unknown) => typeof value === 'string';

/** The operations that show a field, e.g. `flow.create`; empty text for a field that needs none. */
function operationsOf({ name, displayOptions }: INodeProperties): string[] {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	const resources = resource.filter(isText);
	// the field Operation has the operations of a resource as its options
	if (name === 'operation') return resources;
	const pairs = resources.flatMap((one) => operation.filter(isText).map((two) => `${one}.${two}`));
	return pairs.length > 0 ? pairs : [''];
}

/**
 * What a workflow can store about a node, sorted, one line each. With `flow.create` as example of a resource and its operation:
 * - `credential portableApi`
 * - `resource = flow` and `flow operation = create`
 * - `flow.create options.timeout 60`, a parameter and its default
 * - `flow.create schedule = cron`, an option
 * - `flow.create source mode list`, a mode of a resource locator
 */
export function storedValues({ credentials = [], properties }: INodeTypeDescription): string[] {
	const lines = [
		...credentials.map(({ name }) => `credential ${name}`),
		...properties.flatMap((field) =>
			operationsOf(field).flatMap((operation) =>
				linesOf(field, operation === '' ? field.name : `${operation} ${field.name}`),
			),
		),
	];
	return [...new Set(lines)].sort();
}
