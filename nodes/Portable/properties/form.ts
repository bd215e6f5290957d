import type { FieldType, IDataObject, ResourceMapperField } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { MappedField } from '../../engine/input/mapped';
import { readDate } from '../../engine/input/date';
import { isBlank, readBoolean, readNumber, readText, quoted } from '../../engine/values';
import type { PropertyDefinition } from './spec';

/** What Portable shows in place of a secret. Whether sending it back keeps the secret is not known. */
export const MASK = '********';

/** A field of the form. n8n stores it in the workflow, with what it does not know itself. */
interface FormField extends ResourceMapperField {
	/** As in {@link PropertyDefinition}: n8n has one type for a date with and without a time. */
	propertyType: string;
	/** Apart from n8n's own flag, which cannot know of the secret credential. */
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
 * The form's field for a property.
 * @param isUpdate nothing is required then
 * @param hasSecrets a credential may have what is required, so that n8n must not insist on it
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
		displayName: isSecret
			? `${label} (secret: better from the Secret Properties credential)`
			: label,
		type: widgets[type] ?? 'string',
		required: required && !isSecret && !hasSecrets,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		// the editor sets a switch to off when it shows it, which nobody asked for
		removed: type === 'BOOLEAN' && !required,
		propertyType: type,
		propertyRequired: required,
	};
}

/**
 * The properties that were set in the form, and nothing else.
 * @param secret those of the credential, which stand in for what the form lacks
 * @throws Fault naming the field that is required and missing, or whose value does not fit
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
				? `Switch on Add Secret Properties, and put "${missing.name}" into the credential.`
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
 * A value as Portable is sent it. Which form it wants is documented for texts only; numbers and switches
 * go as such, dates and times as ISO 8601 writes them.
 */
function readValue({ label, value, field }: MappedField, timezone: string): unknown {
	if (value === undefined) return undefined;
	if (value === MASK) {
		throw inputError(
			`Properties: "${label}" is the mask that Portable shows in place of a secret`,
			'Leave it out, or enter the secret itself.',
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

/** The property's type, or the nearest that n8n's own type tells where the form was written by hand. */
function kindOf({ propertyType, type }: IDataObject): string | undefined {
	if (typeof propertyType === 'string') return propertyType;
	return typeof type === 'string' ? type.toUpperCase() : undefined;
}

interface ValueReader {
	/** undefined when the value does not fit */
	read: (value: unknown, timezone: string) => unknown;
	what: string;
}

const readers: Partial<Record<string, ValueReader>> = {
	NUMBER: { read: readNumber, what: 'a number' },
	BOOLEAN: { read: readBoolean, what: 'true or false' },
	DATE: { read: dayOf, what: 'a date such as 2026-12-31' },
	DATETIME: {
		read: (value, timezone) => readDate(value, timezone)?.toISOString(),
		what: 'a date and time such as 2026-12-31T18:00:00Z',
	},
	TIME: { read: clockOf, what: 'a time such as 18:00 or 18:00:30' },
};

const textReader: ValueReader = { read: readText, what: 'text' };

/** As a Date, a DateTime or a text shows itself. */
function written(value: unknown): unknown {
	const plain: unknown = typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value;
	return typeof plain === 'string' ? plain.trim() : plain;
}

/** YYYY-MM-DD: the day that is written, whatever its zone; of a number or a Date, the workflow's day. */
function dayOf(value: unknown, timezone: string): string | undefined {
	const date = readDate(value, timezone);
	const text = value instanceof Date ? undefined : written(value);
	if (!date) return undefined;
	return typeof text === 'string' && /^\d{4}-\d\d-\d\d/.test(text)
		? text.slice(0, 10)
		: date.toLocaleDateString('sv-SE', { timeZone: timezone });
}

const CLOCK = /^(?:\d{4}-\d\d-\d\d[T ])?((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)/;

/** HH:MM or HH:MM:SS, as it is written, alone or in a date and time. */
function clockOf(value: unknown): string | undefined {
	const text = written(value);
	if (typeof text !== 'string') return undefined;
	const [whole, clock] = CLOCK.exec(text) ?? [];
	const isAlone = whole === clock;
	return isAlone && whole !== text ? undefined : clock;
}
