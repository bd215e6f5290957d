import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../errors';
import { quoted, readNumber } from '../values';

/** The numbers that a field accepts. */
interface NumberRange {
	minValue: number;
	maxValue: number;
	isWhole: boolean;
}

function describeRange({ minValue, maxValue, isWhole }: NumberRange): string {
	const kind = isWhole ? 'a whole number' : 'a number';
	if (maxValue < Infinity) return `${kind} from ${minValue} to ${maxValue}`;
	if (minValue === -Infinity) return kind;
	return isWhole ? `${kind}, ${minValue} or more` : `${minValue} or more`;
}

/** @throws OperationError if the value is not a number within the limits of the field */
export function readNumberInRange(
	value: unknown,
	{ label, field }: { label: string; field: INodeProperties },
): number {
	const number = readNumber(value) ?? NaN;
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = field.typeOptions ?? {};
	const isWhole = numberPrecision === 0;
	const isWithin = number >= minValue && number <= maxValue;
	if (isWithin && (!isWhole || Number.isSafeInteger(number))) return number;
	throw inputError(
		`${label} must be ${describeRange({ minValue, maxValue, isWhole })}, but is ${quoted(value)}`,
	);
}
