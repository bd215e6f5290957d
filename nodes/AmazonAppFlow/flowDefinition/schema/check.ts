import { inputError } from '../../../engine/errors';
import { isObject, quoted } from '../../../engine/values';
import type { MapShape, NumberShape, ObjectShape, Shape, TextShape } from '../shape';

/** How error messages name a value: by its label in the form, or by its path in the user's JSON. */
export type Naming = 'label' | 'path';

interface Place {
	path: string;
	naming: Naming;
	/** True for changes to merge into a flow: missing members stay unchanged, null removes a member. */
	isChange?: boolean;
}

function inside({ path, ...place }: Place, name: string | number): Place {
	const step = typeof name === 'number' ? `[${name}]` : path === '' ? name : `.${name}`;
	return { ...place, path: `${path}${step}` };
}

function nameOf({ label }: Shape, { path, naming }: Place): string {
	if (naming === 'label' && label !== undefined) return label;
	return path === '' ? 'The flow' : path;
}

/** The length as AWS counts it, in code points. */
function lengthOf(value: string): number {
	return Array.from(value).length;
}

function checkText(value: string, shape: TextShape, name: string): void {
	const { min = 0, max = Infinity, pattern, rule = 'have a different format', values } = shape;
	if (values && !values.includes(value)) {
		throw inputError(`${name} must be one of ${values.join(', ')}, but is ${quoted(value)}`);
	}
	const length = lengthOf(value);
	if (length > max || length < min) {
		const range = min > 0 ? `${min} to ${max}` : `at most ${max}`;
		throw inputError(`${name} must have ${range} characters, but has ${length}`);
	}
	if (pattern && !pattern.test(value)) {
		throw inputError(
			value === '' ? `${name} is empty` : `${name} must ${rule}, but is ${quoted(value)}`,
		);
	}
}

function checkNumber(value: unknown, { min, max }: NumberShape, name: string): void {
	const isValid =
		typeof value === 'number' &&
		Number.isSafeInteger(value) &&
		value >= (min ?? -Infinity) &&
		value <= (max ?? Infinity);
	if (isValid) return;
	const range = min === undefined || max === undefined ? '' : ` from ${min} to ${max}`;
	throw inputError(`${name} must be a whole number${range}, but is ${quoted(value)}`);
}

function checkTime(value: unknown, name: string): void {
	if (typeof value !== 'number' || !Number.isFinite(value)) {
		throw inputError(`${name} must be a time in epoch seconds, but is ${quoted(value)}`);
	}
}

function checkMap(value: object, shape: MapShape, place: Place): void {
	const entries = Object.entries(value).filter(
		([, entry]) => entry !== null && entry !== undefined,
	);
	const name = nameOf(shape, place);
	if (entries.length > (shape.max ?? Infinity)) {
		throw inputError(`${name} has ${entries.length} entries, but at most ${shape.max} are allowed`);
	}
	for (const [key, entry] of entries) {
		checkText(key, shape.keys, `${name}: the key ${quoted(key)}`);
		const label = shape.of.label ?? (shape.label && `${shape.label}: "${key}"`);
		check(entry, { ...shape.of, label }, inside(place, key));
	}
}

/** Rejects keys that differ from the model only in case, such as those of CloudFormation. AWS's clients reject them too. */
function rejectMisspelledKeys(value: object, { members }: ObjectShape, place: Place): void {
	for (const key of Object.keys(value)) {
		if (Object.hasOwn(members, key)) continue;
		const correct = Object.keys(members).find((name) => name.toLowerCase() === key.toLowerCase());
		if (correct !== undefined) {
			throw inputError(`${inside(place, key).path} must be spelled ${correct}`);
		}
	}
}

function checkObject(value: object, shape: ObjectShape, place: Place): void {
	rejectMisspelledKeys(value, shape, place);
	const members = new Map<string, unknown>(Object.entries(value));
	for (const [name, member] of Object.entries(shape.members)) {
		const memberValue = members.get(name);
		const where = inside(place, name);
		// a change can omit a required member, but cannot remove it
		const isRequired =
			member.required === true && (place.isChange !== true || memberValue === null);
		if (memberValue !== undefined && memberValue !== null) check(memberValue, member, where);
		else if (isRequired) throw inputError(`${nameOf(member, where)} is empty`);
	}
}

/** The names of all required members that are missing in an object, at any depth. null counts as missing. */
export function missingMembers(value: unknown, shape: Shape, place: Place): string[] {
	if (shape.kind === 'list') {
		const entries: unknown[] = Array.isArray(value) ? value : [];
		return entries.flatMap((entry, index) => missingMembers(entry, shape.of, inside(place, index)));
	}
	if (shape.kind !== 'object' || !isObject(value)) return [];
	const members = new Map<string, unknown>(Object.entries(value));
	return Object.entries(shape.members).flatMap(([name, member]) => {
		const memberValue = members.get(name) ?? undefined;
		const where = inside(place, name);
		if (memberValue !== undefined) return missingMembers(memberValue, member, where);
		return member.required === true ? [nameOf(member, where)] : [];
	});
}

/**
 * Checks a value in a request against AWS's model. null counts as missing.
 * @throws OperationError that names the first value that is missing, has the wrong type or is outside its limits
 */
export function check(value: unknown, shape: Shape, place: Place): void {
	const name = nameOf(shape, place);
	const must = (what: string) => inputError(`${name} must be ${what}, but is ${quoted(value)}`);
	switch (shape.kind) {
		case 'text':
			if (typeof value !== 'string') throw must('text');
			checkText(value, shape, name);
			return;
		case 'number':
			checkNumber(value, shape, name);
			return;
		case 'time':
			checkTime(value, name);
			return;
		case 'flag':
			if (typeof value !== 'boolean') throw must('true or false');
			return;
		case 'list':
			if (!Array.isArray(value)) throw must('a list');
			value.forEach((entry: unknown, index) => {
				check(entry, { ...shape.of, label: shape.of.label ?? shape.label }, inside(place, index));
			});
			return;
		case 'map':
			if (!isObject(value)) throw must('an object');
			checkMap(value, shape, place);
			return;
		case 'object':
			if (!isObject(value)) throw must('an object');
			checkObject(value, shape, place);
	}
}
