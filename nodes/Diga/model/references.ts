import type { INodeProperties } from 'n8n-workflow';
import { fieldsOf } from '../../engine/node/describe';
import { inputError } from '../../engine/errors';
import type { Operation } from '../../engine/operation';
import type { Parameters } from '../../engine/input/parameters';
import type { DigaApi } from '../api/DigaApi';
import { rejectBrokenReferences } from './brokenReferences';
import { enteredValues } from './enteredValues';

/**
 * Diga replaces references to earlier steps, such as {{step_1.rows}}, when a flow runs. n8n uses the same braces for its
 * expressions: in a field whose stored value starts with =, it evaluates all of them. n8n does not know step_1, and
 * silently evaluates it to nothing, so the reference would never reach Diga.
 */

/** Shown because n8n's editor turns a field into an expression when {{ and a space are typed, or a reference is pasted. */
export const referencesNotice: INodeProperties = {
	displayName:
		'Diga replaces references to earlier steps, such as {{step_1.rows}}. Enter references in fields that are set to Fixed, without a space after {{. n8n turns a field into an expression when you type {{ and a space, or paste a reference: then set the field to Fixed again.',
	name: 'referencesNotice',
	type: 'notice',
	default: '',
};

/** Names without a dollar sign that n8n expressions can use. */
const N8N_NAMES =
	'Array Date DateTime Duration Infinity Interval JSON Math NaN Number Object String false null this true undefined'.split(
		' ',
	);

/** Member access after a name, e.g. `.rows[0]['a b']`. */
const MEMBER = String.raw`(?:\s*(?:\?\.|\.)\s*\w+|\s*\[(?:'[^']*'|"[^"]*"|\d+)\])`;

/** An expression that only consists of a name with member access. */
const REFERENCE = new RegExp(String.raw`^([A-Za-z_]\w*)${MEMBER}*$`);

/** A name that Activepieces uses for references, anywhere in an expression. */
const EMBEDDED_REFERENCE = new RegExp(
	String.raw`(?<![\w$.])(?:trigger|connections|step_\d+)${MEMBER}+`,
);

/** Code that may declare such a name itself. */
const DECLARATION = /=>|\b(?:function|const|let|var)\b/;

const STRING_LITERAL = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/gs;

/** The code in double braces, as n8n splits it: a backslash before the closing braces escapes them. */
function* codeIn(expression: string): Generator<string> {
	for (let open; (open = expression.indexOf('{{')) >= 0;) {
		let close = expression.indexOf('}}', open + 2);
		while (close > 0 && expression[close - 1] === '\\') close = expression.indexOf('}}', close + 2);
		if (close < 0) return;
		yield expression.slice(open + 2, close).trim();
		expression = expression.slice(close + 2);
	}
}

/** The first reference to an earlier step that n8n would evaluate. @param written the value as stored in the workflow */
function lostReference(written: string): string | undefined {
	if (!written.startsWith('=')) return undefined;
	for (const code of codeIn(written)) {
		const [, name] = REFERENCE.exec(code) ?? [];
		if (name !== undefined && !N8N_NAMES.includes(name)) return code;
		const withoutStrings = code.replace(STRING_LITERAL, "''");
		const [reference] = EMBEDDED_REFERENCE.exec(withoutStrings) ?? [];
		if (reference !== undefined && !DECLARATION.test(withoutStrings)) return reference;
	}
	return undefined;
}

/** @throws OperationError that names the field whose reference n8n would evaluate, and the correct spelling */
function rejectLostReferences(parameters: Parameters, fields: INodeProperties[]): void {
	for (const field of fields) {
		for (const { label, value } of enteredValues(parameters.written(field.name), field)) {
			const reference = typeof value === 'string' ? lostReference(value) : undefined;
			if (reference === undefined) continue;
			throw inputError(
				`${label} has the reference {{ ${reference} }}, which n8n would evaluate as its own expression`,
				`Set ${label} to Fixed and enter {{${reference}}}, without a space after {{. In an expression, escape the closing braces as \\}}, as in {{ '{{${reference}\\}}' }}.`,
			);
		}
	}
}

/**
 * Makes an operation fail an item before it sends anything if a reference to an earlier step would not reach Diga, or
 * would reach it in parts.
 */
export function withReferenceCheck(operation: Operation<DigaApi>): Operation<DigaApi> {
	const fields = fieldsOf(operation);
	const takesReferences = fields.some(({ name }) => name === referencesNotice.name);
	return {
		...operation,
		execute: async (context) => {
			rejectLostReferences(context.parameters, fields);
			if (takesReferences) rejectBrokenReferences(context.parameters, fields);
			return await operation.execute(context);
		},
	};
}
