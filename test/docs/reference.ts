// The reference of what the nodes do, as Markdown, from the descriptions that n8n itself reads.
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

/** A table, its columns as narrow as they come: a longer cell then changes one line, not all. */
export function table([head, ...rows]: [string[], ...string[][]]): string {
	const line = (row: string[]) =>
		`| ${row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function isField(one: object): one is INodeProperties {
	return 'type' in one && 'displayName' in one;
}

function isChoice(one: object): one is INodePropertyOptions {
	return 'name' in one && 'value' in one;
}

function isGroup(one: object): one is INodePropertyCollection {
	return 'values' in one;
}

/** A value as the editor shows it. */
function shown({ type, default: value, options = [] }: INodeProperties): string {
	if (type === 'boolean') return value === true ? 'on' : 'off';
	if (type === 'options') {
		return options.filter(isChoice).find((one) => one.value === value)?.name ?? '';
	}
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const typeNames: Partial<Record<INodeProperties['type'], string>> = {
	boolean: 'Switch',
	collection: 'Options',
	dateTime: 'Date and time',
	fixedCollection: 'List',
	json: 'JSON',
	multiOptions: 'Choices',
	number: 'Number',
	options: 'Choice',
	resourceLocator: 'Picker',
	resourceMapper: 'Form',
	string: 'Text',
};

/** Links in descriptions are HTML, as n8n wants them. */
function markdown(text: string): string {
	return text
		.replace(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '[$2]($1)')
		.replace(/<code>([^<]*)<\/code>/g, '`$1`')
		.replace(/<\/?(b|i|br)\s*\/?>/g, '')
		.replaceAll('_', '\\_')
		.replaceAll('*', '\\*');
}

function about({ type, description = '', options = [] }: INodeProperties): string {
	const choices = ['options', 'multiOptions'].includes(type)
		? options
				.filter(isChoice)
				.map(({ name }) => name)
				.join(', ')
		: '';
	return [markdown(description), choices && `One of: ${markdown(choices)}`]
		.filter(Boolean)
		.join('. ');
}

/** One row for a field, and one for each that is inside it. */
function rowsOf(field: INodeProperties, inside = ''): string[][] {
	if (field.type === 'notice' || field.type === 'hidden') return [];
	const name = `${inside}${field.displayName}${field.required ? ' (required)' : ''}`;
	const row = [name, typeNames[field.type] ?? field.type, shown(field), about(field)];
	const within = `${inside}${field.displayName} > `;
	const options = field.options ?? [];
	const inner =
		field.type === 'fixedCollection'
			? options.filter(isGroup).flatMap(({ values }) => values)
			: field.type === 'collection'
				? options.filter(isField)
				: [];
	return [row, ...inner.flatMap((one) => rowsOf(one, within))];
}

const HEAD = ['Field', 'Type', 'Default', 'Description'];

function isShownFor(field: INodeProperties, resource: string, operation: string): boolean {
	const { resource: resources, operation: operations } = field.displayOptions?.show ?? {};
	return (resources?.includes(resource) ?? false) && (operations?.includes(operation) ?? false);
}

function fieldsTable(fields: INodeProperties[]): string {
	const rows = fields.flatMap((field) => rowsOf(field));
	return rows.length > 0 ? table([HEAD, ...rows]) : '';
}

/** Fields that every operation has are told once. */
function withoutCommon(fields: INodeProperties[], common: Set<string>): INodeProperties[] {
	return fields.flatMap((field) => {
		if (field.type !== 'collection' || field.name !== 'options') return field;
		const options = (field.options ?? []).filter(
			(one) => !isField(one) || !common.has(one.displayName),
		);
		return options.length > 0 ? { ...field, options } : [];
	});
}

/** The options that all operations of a node share. */
function commonOptions({ properties }: INodeTypeDescription): INodeProperties[] {
	const all = properties
		.filter(({ name, type }) => name === 'options' && type === 'collection')
		.map(({ options = [] }) => options.filter(isField));
	const [first = [], ...others] = all;
	return first.filter(({ name }) =>
		others.every((options) => options.some((one) => one.name === name)),
	);
}

function* operationSections(description: INodeTypeDescription): Generator<string> {
	const { properties } = description;
	const common = commonOptions(description);
	const names = new Set(common.map(({ displayName }) => displayName));
	const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
	for (const resource of resources.filter(isChoice)) {
		yield `## ${resource.name}`;
		const operations = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' &&
				displayOptions?.show?.resource?.includes(String(resource.value)) === true,
		);
		for (const operation of (operations?.options ?? []).filter(isChoice)) {
			yield `### ${resource.name}: ${operation.name}`;
			if (operation.description) yield `${markdown(operation.description)}.`;
			const fields = properties.filter((field) =>
				isShownFor(field, String(resource.value), String(operation.value)),
			);
			yield fieldsTable(withoutCommon(fields, names));
		}
	}
	yield '## Options of every operation';
	yield fieldsTable(common);
}

/** The page of one service: its node, and its trigger. */
export function referencePage(node: INodeTypeDescription, trigger: INodeTypeDescription): string {
	const parts = [
		`# ${node.displayName}: operations and fields`,
		`Generated by \`npm run docs\` from what the node tells n8n. Fields that depend on others appear in the editor when they apply.`,
		...operationSections(node),
		`## ${trigger.displayName}`,
		fieldsTable(trigger.properties),
	];
	return `${parts.filter(Boolean).join('\n\n')}\n`;
}
