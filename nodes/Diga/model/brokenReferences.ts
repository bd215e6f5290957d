import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { Parameters } from '../../engine/input/parameters';
import { isObject } from '../../engine/values';
import { enteredValues } from './enteredValues';
import type { EnteredValue } from './enteredValues';

/** A reference with its braces, e.g. `{{step_1.rows}}`. */
const REFERENCE = /\{\{[^{}]*\}\}/g;

/** Content that is no reference, by the keys of Activepieces: the code of a step, and data of test runs. */
const LITERAL_KEYS = ['sampleData', 'sourceCode'];

function hasBalancedBraces(text: string): boolean {
	let depth = 0;
	for (const [brace] of text.matchAll(/[{}]/g)) {
		depth += brace === '{' ? 1 : -1;
		if (depth < 0) return false;
	}
	return depth === 0;
}

/** Text of JSON, or undefined. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * The double braces of a text that open or close no reference. Undefined if all do. Braces that are balanced, such as
 * those of JSON or code in a text, are content.
 */
function unmatchedBraces(text: string): '{{' | '}}' | undefined {
	const rest = text.replace(REFERENCE, '');
	const braces = (['}}', '{{'] as const).find((double) => rest.includes(double));
	return braces === undefined || hasBalancedBraces(rest) || isObject(parsed(text))
		? undefined
		: braces;
}

/** The first unmatched braces in a value, at any depth. */
function findUnmatchedBraces(value: unknown): '{{' | '}}' | undefined {
	const stack = [value];
	while (stack.length > 0) {
		const one = stack.pop();
		const braces = typeof one === 'string' ? unmatchedBraces(one) : undefined;
		if (braces) return braces;
		if (Array.isArray(one)) stack.push(...(one as unknown[]));
		else if (isObject(one)) {
			stack.push(
				...Object.keys(one).flatMap((key) => (LITERAL_KEYS.includes(key) ? [] : one[key])),
			);
		}
	}
	return undefined;
}

/** The values of a field for this item. */
function* valuesOf(parameters: Parameters, field: INodeProperties): Generator<EnteredValue> {
	if (field.type !== 'resourceMapper') {
		yield* enteredValues(parameters.raw(field.name), field);
		return;
	}
	for (const { label, value } of parameters.mapped(field.name))
		yield { label: `${field.displayName}: "${label}"`, value, field };
}

/** The code of a step is TypeScript, where any braces can be right. */
const isCode = ({ name }: INodeProperties) => name === 'code';

/**
 * Text with part of a reference is sent as it is, and Diga shows it to people or passes it on. It is what is left when
 * n8n evaluates a reference that was typed into an expression.
 * @throws OperationError that names the field
 */
export function rejectBrokenReferences(parameters: Parameters, fields: INodeProperties[]): void {
	for (const field of fields.filter((one) => !isCode(one))) {
		for (const { label, value, field: entered } of valuesOf(parameters, field)) {
			const json = entered.type === 'json' && typeof value === 'string';
			const braces = findUnmatchedBraces(json ? parsed(value) : value);
			if (braces === undefined) continue;
			const missing = braces === '}}' ? '{{' : '}}';
			throw inputError(
				`${label} has ${braces} without ${missing}, so a reference to an earlier step is not complete`,
				`Set ${label} to Fixed and enter the whole reference, such as {{step_1.rows}}.`,
			);
		}
	}
}
