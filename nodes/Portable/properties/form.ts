import type { FieldType, IDataObject, ResourceMapperField } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { MappedField } from '../../engine/input/mapped';
import { readDate } from '../../engine/input/date';
import { isBlank, readBoolean, readNumber, readText, quoted } from '../../engine/values';
import type { PropertyDefinition } from './spec';

/** Portable returns this text in place of a secret. It is not documented whether sending it back keeps the secret. */
export const MASK = '********';

/** A field of the form. n8n stores it in the workflow, including members that n8n does not know. */
interface FormField extends ResourceMapperField {
	/** The type of the {@link PropertyDefinition}: n8n has a single type for dates with and without a time. */
	propertyType: string;
	/** Separate from n8n's `required`, which does not take the secret credential into account. */
	propertyRequired: boolean;
}

const widgets: Record<string, FieldType> = {
	NUMBER: 'number',
	BOOLEAN: 'boolean',
	DATE: 'dateTime',
	DATETIME: 'dateTime',
	TIME: 'time',
};

/**
 * Describes the form field of a property.
 * @param isUpdate whether all properties are optional
 * @param hasSecrets whether a credential may supply required properties, so that n8n must not require them
 */
export function formField(
	definition: PropertyDefinition,
	{ isUpdate, hasSecrets }: { isUpdate: boolean; hasSecrets: boolean },
): FormField {
	const { name, displayName, description, type } = definition;
	const label = displayName ?? description ?? name;
	const isSecret = type === 'PASSWORD';
	const required = definition.required && !isUpdate;
	return {
		id: name,
		displayName: isSecret ? `${label} (secret: use the Secret Properties credential)` : label,
		type: widgets[type] ?? 'string',
		required: required && !isSecret && !hasSecrets,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		// the editor turns a visible switch off, which would send false although the user set nothing
		removed: type === 'BOOLEAN' && !required,
		propertyType: type,
		propertyRequired: required,
	};
}

/**
 * Reads the properties that are set in the form.
 * @param secret properties of the credential, which count as set
 * @throws OperationError that names a required property that is missing, or a value of the wrong type
 */
export function readForm(
	fields: MappedField[],
	{ isUpdate, secret, timezone }: { isUpdate: boolean; secret: IDataObject; timezone: string },
): IDataObject {
	const missing = fields.find(
		({ name, value, field }) =>
			(field.propertyRequired === true || field.required === true) &&
			value === undefined &&
			!Object.hasOwn(secret, name),
	);
	if (missing && !isUpdate) {
		throw inputError(
			`Properties: "${missing.label}" is empty, but the spec requires it`,
			missing.field.propertyType === 'PASSWORD'
				? `Turn on Add Secret Properties and add "${missing.name}" to the credential.`
				: undefined,
		);
	}
	const set = fields.flatMap((field) => {
		const value = readValue(field, timezone);
		return value === undefined ? [] : [[field.name, value]];
	});
	return Object.fromEntries(set) as IDataObject;
}

/**
 * Converts a value for Portable, whose documentation defines the format of text properties only.
 * Numbers and booleans are sent as JSON numbers and booleans, dates and times as ISO 8601 text.
 */
function readValue({ label, value, field }: MappedField, timezone: string): unknown {
	if (value === undefined) return undefined;
	if (value === MASK) {
		throw inputError(
			`Properties: "${label}" is the mask that Portable shows in place of a secret`,
			'Leave it empty, or enter the secret itself.',
		);
	}
	const kind = kindOf(field);
	if (kind === undefined) return value;
	const { read, what } = readers[kind] ?? textReader;
	if (read !== readText && isBlank(value)) return undefined;
	const result = read(value, timezone);
	if (result !== undefined) return result;
	throw inputError(`Properties: "${label}" must be ${what}, but is ${quoted(value)}`);
}

/** The type of the property. A form written by hand may lack it: then it is derived from n8n's type. */
function kindOf({ propertyType, type }: IDataObject): string | undefined {
	if (typeof propertyType === 'string') return propertyType;
	return typeof type === 'string' ? type.toUpperCase() : undefined;
}

interface ValueReader {
	/** @returns undefined if the value does not have the expected type */
	read: (value: unknown, timezone: string) => unknown;
	what: string;
}

const readers: Partial<Record<string, ValueReader>> = {
	NUMBER: { read: readNumber, what: 'a number' },
	BOOLEAN: { read: readBoolean, what: 'true or false' },
	DATE: { read: readDay, what: 'a date such as 2026-12-31' },
	DATETIME: {
		read: (value, timezone) => readDate(value, timezone)?.toISOString(),
		what: 'a date and time such as 2026-12-31T18:00:00Z',
	},
	TIME: { read: readClock, what: 'a time such as 18:00 or 18:00:30' },
};

const textReader: ValueReader = { read: readText, what: 'text' };

/** The JSON form of a Date or a DateTime; any other value as it is, trimmed if it is text. */
function toPlainValue(value: unknown): unknown {
	const plain: unknown = typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value;
	return typeof plain === 'string' ? plain.trim() : plain;
}

/** The date as YYYY-MM-DD. Text keeps its date in any time zone; a number or a Date is converted to the time zone of the workflow. */
function readDay(value: unknown, timezone: string): string | undefined {
	const date = readDate(value, timezone);
	const text = value instanceof Date ? undefined : toPlainValue(value);
	if (!date) return undefined;
	return typeof text === 'string' && /^\d{4}-\d\d-\d\d/.test(text)
		? text.slice(0, 10)
		: date.toLocaleDateString('sv-SE', { timeZone: timezone });
}

const CLOCK = /^(?:\d{4}-\d\d-\d\d[T ])?((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)/;

/** The time as HH:MM or HH:MM:SS, from text with a time alone or with a date and a time. */
function readClock(value: unknown): string | undefined {
	const text = toPlainValue(value);
	if (typeof text !== 'string') return undefined;
	const [whole, clock] = CLOCK.exec(text) ?? [];
	const isAlone = whole === clock;
	return isAlone && whole !== text ? undefined : clock;
}
