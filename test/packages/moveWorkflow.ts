// Moves the nodes of a workflow between the package of all services and the packages of one service each.
import ts from 'typescript';
import { ALL_IN_ONE, nodeNames, servicePackages } from './catalog.ts';

/** To the packages of one service each, or to the package of all. */
export type Target = 'single' | 'all-in-one';

export interface MovedWorkflow {
	/** The file as it was, but for the types of the nodes that were moved. */
	text: string;
	/** The names of the nodes that were moved. */
	moved: string[];
	/** The names of the nodes of these packages that were there already. */
	kept: string[];
}

/** n8n names the variant of a node for AI agents after it, and triggers have none. */
const types = new Map<string, Record<Target, string>>(
	servicePackages.flatMap((info) => {
		const [action, trigger] = nodeNames(info);
		return [action, trigger, `${action}Tool`].flatMap((name) => {
			const pair = { single: `${info.name}.${name}`, 'all-in-one': `${ALL_IN_ONE}.${name}` };
			return Object.values(pair).map((type): [string, Record<Target, string>] => [type, pair]);
		});
	}),
);

const ours = [ALL_IN_ONE, ...servicePackages.map(({ name }) => name)];

function member(object: ts.Expression | undefined, name: string): ts.Expression | undefined {
	if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
	// as JSON.parse does, the last of several members with one name counts
	return object.properties
		.filter(ts.isPropertyAssignment)
		.findLast((property) => ts.isStringLiteral(property.name) && property.name.text === name)
		?.initializer;
}

/** The nodes of a workflow, or of a list of workflows. @throws if it is something else */
function nodesOf(file: ts.JsonSourceFile): ts.Expression[] {
	const content = file.statements[0]?.expression;
	const workflows = content && ts.isArrayLiteralExpression(content) ? content.elements : [content];
	const nodes = workflows.map((workflow) => member(workflow, 'nodes'));
	if (nodes.length === 0 || !nodes.every((list) => list && ts.isArrayLiteralExpression(list))) {
		throw new Error('It is not a workflow: there is no list "nodes". Download the workflow in n8n');
	}
	return nodes.flatMap((list) =>
		list && ts.isArrayLiteralExpression(list) ? [...list.elements] : [],
	);
}

/** @throws if the text is not JSON */
function parse(text: string): ts.JsonSourceFile {
	try {
		JSON.parse(text);
	} catch (error) {
		throw new Error(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
	return ts.parseJsonText('workflow.json', text);
}

/**
 * Only the types of nodes change: positions, parameters, credentials and pinned data stay as they are, digit by digit.
 * @param text a workflow as n8n downloads, copies or exports it, or a list of workflows
 * @throws Error that says what is wrong with the text
 */
export function moveWorkflow(text: string, target: Target): MovedWorkflow {
	const moved: string[] = [];
	const kept: string[] = [];
	const changes: Array<{ start: number; end: number; type: string }> = [];
	// n8n's downloads have no byte order mark, but editors add it
	const content = text.replace(/^\uFEFF/, '');
	const file = parse(content);
	for (const node of nodesOf(file)) {
		const type = member(node, 'type');
		if (!type || !ts.isStringLiteral(type)) throw new Error('It has a node without a type');
		if (!ours.some((name) => type.text.startsWith(`${name}.`))) continue;
		const pair = types.get(type.text);
		if (!pair) throw new Error(`It has a node of a type that does not exist: ${type.text}`);
		const name = member(node, 'name');
		const label = name && ts.isStringLiteral(name) ? name.text : type.text;
		if (pair[target] === type.text) kept.push(label);
		else {
			moved.push(label);
			changes.push({ start: type.getStart(file), end: type.end, type: pair[target] });
		}
	}
	let result = content;
	for (const { start, end, type } of changes.reverse()) {
		result = result.slice(0, start) + JSON.stringify(type) + result.slice(end);
	}
	return { text: result, moved, kept };
}
