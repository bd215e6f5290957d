import type { INodeProperties } from 'n8n-workflow';
import { fieldsOf } from '../../engine/node/describe';
import { inputError } from '../../engine/errors';
import type { Operation } from '../../engine/operation';
import type { Parameters } from '../../engine/input/parameters';
import { isObject } from '../../engine/values';
import type { DigaApi } from '../api/DigaApi';

/**
 * References to earlier steps, such as {{step_1.rows}}, are for Diga, which fills them in when the flow runs.
 * n8n writes its own expressions in the same brackets: a field that is an expression, which begins with =, has n8n
 * evaluate all of them. n8n knows no step_1, and leaves nothing in its place without saying so.
 */

/** A field is one without being asked: n8n's editor makes it so when {{ and a blank are typed, or a reference is pasted. */
export const referencesNotice: INodeProperties = {
	displayName:
		'References to earlier steps, such as {{step_1.rows}}, are filled in by Diga. Enter them in fields that are set to Fixed, without a blank after {{: n8n makes an expression of a field in which {{ and a blank are typed, or into which a reference is pasted.',
	name: 'referencesNotice',
	type: 'notice',
	default: '',
};

/** What n8n itself knows under a name without a dollar sign. */
const KNOWN =
	'Array Date DateTime Duration Infinity Interval JSON Math NaN Number Object String false null this true undefined'.split(
		' ',
	);

/** The way from a name to something in it, e.g. `.rows[0]['a b']`. */
const WAY = String.raw`(?:\s*(?:\?\.|\.)\s*\w+|\s*\[(?:'[^']*'|"[^"]*"|\d+)\])`;

/** Nothing but a name and the way to something in it. */
const ALONE = new RegExp(String.raw`^([A-Za-z_]\w*)${WAY}*$`);

/** One of the engine's own names, inside of something else. */
const NAMED = new RegExp(String.raw`(?<![\w$.])(?:trigger|connections|step_\d+)${WAY}+`);

/** What may declare such a name, so that it is one of n8n's expression. */
const DECLARES = /=>|\b(?:function|const|let|var)\b/;

const TEXTS = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/gs;

/** What stands in double brackets, as n8n cuts it out: a backslash before the closing ones keeps them. */
function* codeIn(expression: string): Generator<string> {
	for (let open; (open = expression.indexOf('{{')) >= 0;) {
		let close = expression.indexOf('}}', open + 2);
		while (close > 0 && expression[close - 1] === '\\') close = expression.indexOf('}}', close + 2);
		if (close < 0) return;
		yield expression.slice(open + 2, close).trim();
		expression = expression.slice(close + 2);
	}
}

/** A reference that is lost in a value as it stands in the workflow; undefined when there is none. */
function lostReference(written: string): string | undefined {
	if (!written.startsWith('=')) return undefined;
	for (const code of codeIn(written)) {
		const [, name] = ALONE.exec(code) ?? [];
		if (name !== undefined && !KNOWN.includes(name)) return code;
		const bare = code.replace(TEXTS, "''");
		const [reference] = NAMED.exec(bare) ?? [];
		if (reference !== undefined && !DECLARES.test(bare)) return reference;
	}
	return undefined;
}

interface Written {
	label: string;
	text: string;
}

/** The options of a collection, or the groups of a fixedCollection. */
function inside({ options = [] }: INodeProperties, name: string) {
	return options.find((option) => option.name === name);
}

/** The label of something in a resourceMapper: that of the form's field. */
function mappedLabel(form: object, name: string): string {
	const schema: unknown = 'schema' in form ? form.schema : undefined;
	const fields: unknown[] = Array.isArray(schema) ? schema : [];
	const field = fields.filter(isObject).find(({ id }) => id === name);
	return typeof field?.displayName === 'string' ? field.displayName : name;
}

/** All texts of a field, with the labels under which the editor shows them. */
function* textsIn(value: unknown, field: INodeProperties, label: string): Generator<Written> {
	if (typeof value === 'string') {
		yield { label, text: value };
	} else if (isObject(value) && '__rl' in value) {
		yield* textsIn(value.value, field, label);
	} else if (isObject(value) && field.type === 'resourceMapper') {
		for (const [name, one] of Object.entries(isObject(value.value) ? value.value : {})) {
			if (typeof one === 'string')
				yield { label: `${label}: "${mappedLabel(value, name)}"`, text: one };
		}
	} else if (isObject(value)) {
		for (const [name, one] of Object.entries(value)) {
			const option = inside(field, name);
			if (option && 'values' in option) yield* textsInRows(one, option, label);
			else if (option && 'type' in option)
				yield* textsIn(one, option, `${label}: ${option.displayName}`);
		}
	}
}

/** Those in the rows of a fixedCollection, which are counted from 1. */
function* textsInRows(
	value: unknown,
	{ displayName, values }: { displayName: string; values: INodeProperties[] },
	label: string,
): Generator<Written> {
	const rows: unknown[] = [value].flat();
	for (const [index, row] of rows.entries()) {
		if (!isObject(row)) continue;
		const at = `${label}: ${displayName.toLowerCase()} ${index + 1}`;
		for (const field of values)
			yield* textsIn(row[field.name], field, `${at}: ${field.displayName}`);
	}
}

/** @throws Fault that says which field has a reference that n8n takes for an expression, and what to write instead */
function refuseLostReferences(parameters: Parameters, fields: INodeProperties[]): void {
	for (const field of fields) {
		for (const { label, text } of textsIn(
			parameters.written(field.name),
			field,
			field.displayName,
		)) {
			const reference = lostReference(text);
			if (reference === undefined) continue;
			throw inputError(
				`${label} has the reference {{ ${reference} }}, which n8n takes for an expression of its own`,
				`Set ${label} to Fixed, and write {{${reference}}} there, without a blank after {{. In an expression, end it with \\}}, as in {{ '{{${reference}\\}}' }}.`,
			);
		}
	}
}

/** The same operation, which does nothing for an item when a reference to an earlier step would not reach Diga. */
export function keepingReferences(operation: Operation<DigaApi>): Operation<DigaApi> {
	const fields = fieldsOf(operation);
	return {
		...operation,
		execute: async (context) => {
			refuseLostReferences(context.parameters, fields);
			return await operation.execute(context);
		},
	};
}
