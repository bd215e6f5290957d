/**
 * What a value of a request may be. The shapes are data, from which the request is checked and its form is made.
 * They refuse what Amazon AppFlow's API model refuses, and nothing else; a unit test compares them with that model.
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html
 */
interface Common {
	/** The form's field for it, for refusals; without one the path in the request names it. */
	label?: string;
	/** Its object must have it. */
	required?: boolean;
}

export interface TextShape extends Common {
	kind: 'text';
	/** In characters. */
	min?: number;
	max?: number;
	/** Of the integer text. */
	pattern?: RegExp;
	/** The pattern in words, after "must": "have no blanks". */
	rule?: string;
	/** Nothing else is taken. */
	values?: readonly string[];
}

export interface NumberShape extends Common {
	kind: 'number';
	min?: number;
	max?: number;
}

/** Epoch seconds, fractions allowed. */
export interface TimeShape extends Common {
	kind: 'time';
}

export interface FlagShape extends Common {
	kind: 'flag';
}

export interface ObjectShape extends Common {
	kind: 'object';
	members: Record<string, Shape>;
}

export interface ListShape extends Common {
	kind: 'list';
	of: Shape;
}

export interface MapShape extends Common {
	kind: 'map';
	keys: TextShape;
	of: Shape;
	max?: number;
}

export type Shape =
	TextShape | NumberShape | TimeShape | FlagShape | ObjectShape | ListShape | MapShape;

type Without<S extends Shape> = Omit<S, 'kind'>;

export function text(limits: Without<TextShape> = {}): TextShape {
	return { kind: 'text', ...limits };
}

/** Text without blanks, which cannot be empty either. */
export function word(limits: Without<TextShape> = {}): TextShape {
	return text({ pattern: /^\S+$/, rule: 'have no blanks', ...limits });
}

/** One line of text, or none. */
export function line(limits: Without<TextShape> = {}): TextShape {
	return text({ pattern: /^.*$/, rule: 'be one line', ...limits });
}

export function choice(values: readonly string[], more: Common = {}): TextShape {
	return { kind: 'text', values, ...more };
}

export function integer(limits: Without<NumberShape> = {}): NumberShape {
	return { kind: 'number', ...limits };
}

export function time(more: Common = {}): TimeShape {
	return { kind: 'time', ...more };
}

export function flag(more: Common = {}): FlagShape {
	return { kind: 'flag', ...more };
}

export function object(members: Record<string, Shape>, more: Common = {}): ObjectShape {
	return { kind: 'object', members, ...more };
}

export function listOf(of: Shape, more: Common = {}): ListShape {
	return { kind: 'list', of, ...more };
}

export function mapOf(keys: TextShape, of: Shape, more: Common & { max?: number } = {}): MapShape {
	return { kind: 'map', keys, of, ...more };
}
