/**
 * The allowed values of a request. Requests are checked and the form is built from this data. It allows exactly what
 * the API model of Amazon AppFlow allows; a unit test compares the two.
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html
 */
interface ShapeOptions {
	/** The label of the field, for error messages. Default: the path in the request. */
	label?: string;
	/** The object must contain it. */
	required?: boolean;
}

export interface TextShape extends ShapeOptions {
	kind: 'text';
	/** In characters. */
	min?: number;
	max?: number;
	/** Matches the whole text. */
	pattern?: RegExp;
	/** The pattern in words, to follow "must", e.g. "contain no spaces". */
	rule?: string;
	/** The only allowed values. */
	values?: readonly string[];
}

export interface NumberShape extends ShapeOptions {
	kind: 'number';
	min?: number;
	max?: number;
}

/** Epoch seconds, fractions allowed. */
export interface TimeShape extends ShapeOptions {
	kind: 'time';
}

export interface FlagShape extends ShapeOptions {
	kind: 'flag';
}

export interface ObjectShape extends ShapeOptions {
	kind: 'object';
	members: Record<string, Shape>;
}

export interface ListShape extends ShapeOptions {
	kind: 'list';
	of: Shape;
}

export interface MapShape extends ShapeOptions {
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

/** Text without spaces. It cannot be empty. */
export function word(limits: Without<TextShape> = {}): TextShape {
	return text({ pattern: /^\S+$/, rule: 'contain no spaces', ...limits });
}

/** One line of text. It can be empty. */
export function line(limits: Without<TextShape> = {}): TextShape {
	return text({ pattern: /^.*$/, rule: 'be one line', ...limits });
}

export function choice(values: readonly string[], options: ShapeOptions = {}): TextShape {
	return { kind: 'text', values, ...options };
}

export function integer(limits: Without<NumberShape> = {}): NumberShape {
	return { kind: 'number', ...limits };
}

export function time(options: ShapeOptions = {}): TimeShape {
	return { kind: 'time', ...options };
}

export function flag(options: ShapeOptions = {}): FlagShape {
	return { kind: 'flag', ...options };
}

export function object(members: Record<string, Shape>, options: ShapeOptions = {}): ObjectShape {
	return { kind: 'object', members, ...options };
}

export function listOf(of: Shape, options: ShapeOptions = {}): ListShape {
	return { kind: 'list', of, ...options };
}

export function mapOf(
	keys: TextShape,
	of: Shape,
	options: ShapeOptions & { max?: number } = {},
): MapShape {
	return { kind: 'map', keys, of, ...options };
}
