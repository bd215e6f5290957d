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

/** Links in descriptions are HTML: n8n requires that. */
function markdown(text: string): string {
	return text
		.replace(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '[$2]($1)')
		.replace(/<code>([^<]*)<\/code>/g, '`$1`')
		.replace(/<\/?(b|i|br)\s*\/?>/g, '')
		.replaceAll('_', '\\_')
		.replaceAll('*', '\\*');
}

function withoutPeriod(text: string): string {
	return text.replace(/\.$/, '');
}

/** Choices of all fields, each once. */
function choicesOf(fields: INodeProperties[]): string {
	const choices = fields
		.filter(({ type }) => ['options', 'multiOptions'].includes(type))
		.flatMap(({ options = [] }) => options.filter(isChoice).map(({ name }) => name));
	return [...new Set(choices)].join(', ');
}

function about(fields: INodeProperties[]): string {
	const [description = ''] = fields.map((one) => one.description ?? '').filter(Boolean);
	const choices = choicesOf(fields);
	return [withoutPeriod(markdown(description)), choices && `One of: ${markdown(choices)}`]
		.filter(Boolean)
		.join('. ');
}

/** The fields inside a list or collection. */
function innerFields({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return options.filter(isField);
	if (type !== 'fixedCollection') return [];
	return options.filter(isGroup).flatMap(({ values }) => values);
}

/** Fields by their label: n8n needs a field for each type or set of choices, but the editor shows one of them. */
function byLabel(fields: INodeProperties[]): INodeProperties[][] {
	const groups = new Map<string, INodeProperties[]>();
	for (const field of fields) {
		if (field.type === 'notice' || field.type === 'hidden') continue;
		groups.set(field.displayName, [...(groups.get(field.displayName) ?? []), field]);
	}
	return [...groups.values()];
}

/** One row for each label, followed by the rows of the fields inside it. */
function rowsOf(fields: INodeProperties[], inside = ''): string[][] {
	return byLabel(fields).flatMap((group) => {
		const [first] = group;
		if (!first) return [];
		const { displayName } = first;
		const isRequired = group.some(({ required }) => required);
		const types = new Set(group.map(({ type }) => typeNames[type] ?? type));
		const name = `${inside}${displayName}${isRequired ? ' (required)' : ''}`;
		const row = [name, [...types].join(' or '), shown(first), about(group)];
		return [row, ...rowsOf(group.flatMap(innerFields), `${inside}${displayName} > `)];
	});
}

const HEAD = ['Field', 'Type', 'Default', 'Description'];

function isShownFor(field: INodeProperties, resource: string, operation: string): boolean {
	const { resource: resources, operation: operations } = field.displayOptions?.show ?? {};
	return (resources?.includes(resource) ?? false) && (operations?.includes(operation) ?? false);
}

function fieldsTable(fields: INodeProperties[]): string {
	const rows = rowsOf(fields);
	return rows.length > 0 ? table([HEAD, ...rows]) : '';
}

/** Options that every operation has get a section of their own. */
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
			if (operation.description) yield `${withoutPeriod(markdown(operation.description))}.`;
			const fields = properties.filter((field) =>
				isShownFor(field, String(resource.value), String(operation.value)),
			);
			yield fieldsTable(withoutCommon(fields, names));
		}
	}
	yield '## Options of every operation';
	yield fieldsTable(common);
}

/**
 * The page of one service: its node, and its trigger.
 * @param guide the file in docs/ that explains the node
 */
export function referencePage(
	node: INodeTypeDescription,
	trigger: INodeTypeDescription,
	guide: string,
): string {
	const parts = [
		`# ${node.displayName}: operations and fields`,
		`Generated by \`npm run docs\` from the node's description. The editor shows a field only when it applies. Explanations and examples: [${node.displayName}](../${guide}).`,
		...operationSections(node),
		`## ${trigger.displayName}`,
		fieldsTable(trigger.properties),
	];
	return `${parts.filter(Boolean).join('\n\n')}\n`;
}
