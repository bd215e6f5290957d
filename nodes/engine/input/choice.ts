import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../errors';
import { quoted } from '../values';

/** A value that a field offers, and its name on screen. */
export interface Choice {
	name: string;
	value: string;
}

/** The values and names of a field with fixed options. */
export function choicesOf(field?: INodeProperties): Choice[] {
	return (field?.options ?? []).flatMap((option) =>
		'value' in option && typeof option.value === 'string'
			? [{ name: option.name, value: option.value }]
			: [],
	);
}

/** Whether a name and its value are the same words, e.g. `Not Zero` and `NOT_ZERO`. */
function isSameWord(name: string, value: string): boolean {
	const [one, other] = [name, value].map((text) => text.toLowerCase().replace(/[^a-z0-9]/g, ''));
	return one === other;
}

/** @throws OperationError that lists the allowed values, if the value is not allowed */
export function readChoice<T extends string>(
	value: unknown,
	allowed: readonly T[],
	{ label, field }: { label: string; field: INodeProperties },
): T {
	const known = allowed.find((one) => one === value);
	if (known !== undefined) return known;
	const names = choicesOf(field);
	const wanted = allowed.map((one) => {
		const name = names.find((choice) => choice.value === one)?.name;
		return name === undefined || isSameWord(name, one) ? one : `${one} (${name})`;
	});
	throw inputError(`${label} must be one of ${wanted.join(', ')}, but is ${quoted(value)}`);
}
