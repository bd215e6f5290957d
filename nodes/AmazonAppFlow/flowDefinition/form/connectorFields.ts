import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { locator } from '../../../engine/input/locator';
import { CUSTOM_CONNECTOR } from '../../api/connectors';
import { commonSettings, connectorsOf, titleOf } from '../connectors/connectors';
import type { Connector, Side } from '../connectors/connectors';
import { modesWithIdFields } from '../connectors/destinationSettings';
import { endpointSearches } from '../../pickers/endpoint';
import type { Field, Setting } from '../connectors/settings';
import type { Shape } from '../shape';

/** A setting, with the connectors that have it. */
interface SharedField {
	setting: Setting;
	connectors: Connector[];
}

/**
 * The settings of all connectors for a side. Connectors share a field even if its limits or its path differ.
 * The order is compatible with the order of each connector's settings.
 */
function sharedFields(side: Side): SharedField[] {
	const fields: SharedField[] = [];
	for (const connector of connectorsOf(side)) {
		let place = fields.length;
		const settings = [...commonSettings(side, connector), ...(connector[side] ?? [])];
		for (const setting of settings.reverse()) {
			const parameter = parameterOf(side, setting.field);
			const known = fields.findIndex(
				(shared) => parameterOf(side, shared.setting.field) === parameter,
			);
			if (known === -1) fields.splice(place, 0, { setting, connectors: [connector] });
			else {
				fields[known]?.connectors.push(connector);
				place = known;
			}
		}
	}
	return fields;
}

/** The parameter path of a field, e.g. `sourceBucketName` or `sourceSettings.apiVersion`. */
export function parameterOf(side: Side, { name, inSettings }: Field): string {
	if (inSettings === true) return `${side}Settings.${name}`;
	return `${side}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The options of a field, sorted by name as n8n requires. */
function optionsOf(shape: Shape, names: Record<string, string> = {}): INodePropertyOptions[] {
	const inner = shape.kind === 'list' ? shape.of : shape;
	const values = inner.kind === 'text' ? (inner.values ?? []) : [];
	return values
		.map((value) => ({ name: names[value] ?? value, value }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** A list of names and values; `Parameters.pairs` reads it. */
export function pairList(
	base: { displayName: string; name: string; description?: string },
	row: string,
	placeholders: { name: string; value: string },
): INodeProperties {
	const column = (displayName: string, name: 'name' | 'value'): INodeProperties => ({
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: placeholders[name],
	});
	return {
		...base,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${row}`,
		default: {},
		options: [
			{
				name: 'pair',
				displayName: row,
				values: [column('Name', 'name'), column('Value', 'value')],
			},
		],
	};
}

type Base = Pick<INodeProperties, 'displayName' | 'name' | 'description'>;

/**
 * The n8n property of a field. No property is required: if an expression sets the connector, n8n would require the
 * fields of all connectors. Missing values are rejected when the flow is read.
 */
function propertyFor(side: Side, { field, shape }: Setting, base: Base): INodeProperties {
	const { placeholder, label } = field;
	switch (field.kind) {
		case 'flag':
			return { ...base, type: 'boolean', default: false };
		case 'number': {
			const { min, max } = shape.kind === 'number' ? shape : {};
			const typeOptions = { minValue: min ?? 1, ...(max !== undefined && { maxValue: max }) };
			return { ...base, type: 'number', typeOptions, default: field.default ?? 0 };
		}
		case 'choice':
			return {
				...base,
				type: 'options',
				options: optionsOf(shape, field.names),
				default: field.default ?? '',
			};
		case 'choices':
			return {
				...base,
				type: 'multiOptions',
				options: optionsOf(shape, field.names),
				default: [],
			};
		case 'connection':
		case 'object':
			return locator(base.displayName, {
				name: base.name,
				search: endpointSearches[side][field.kind],
				what: field.kind,
				by: 'name',
				placeholder: placeholder ?? '',
				description: base.description,
				optional: true,
			});
		case 'pairs':
			return pairList(base, label, { name: 'e.g. region', value: 'e.g. eu' });
		case 'bucket':
		case 'names':
		case 'prefix':
		case 'text':
			return { ...base, type: 'string', default: '', placeholder };
	}
}

function shownProperty(side: Side, { setting, connectors }: SharedField): INodeProperties {
	const { field } = setting;
	const title = titleOf(side);
	const base = {
		displayName: field.inSettings === true ? field.label : `${title} ${field.label}`,
		name: field.inSettings === true ? field.name : parameterOf(side, field),
		...(field.description !== undefined && { description: field.description }),
	};
	const property = propertyFor(side, setting, base);
	const types = connectors.map(({ type }) => type);
	if (field.inSettings !== true) {
		property.displayOptions = {
			show: {
				[`${side}Connector`]: types,
				...(field.kind === 'names' && { destinationWriteOperationType: modesWithIdFields }),
			},
		};
	} else if (types.length < connectorsOf(side).length) {
		property.displayOptions = { show: { [`/${side}Connector`]: types } };
	}
	return property;
}

function connectorField(side: Side): INodeProperties {
	const title = titleOf(side);
	return {
		displayName: `${title} Connector`,
		name: `${side}Connector`,
		type: 'options',
		options: connectorsOf(side).map(({ name, type }) => ({
			name,
			value: type,
			...(type === CUSTOM_CONNECTOR && {
				description:
					'Any other application, such as HubSpot, GitHub or a database. The connection determines it.',
			}),
		})),
		default: 'S3',
	};
}

/** The fields of the source or destination, built from the table of connectors. */
export function endpointFields(side: Side): INodeProperties[] {
	const fields = sharedFields(side);
	const title = titleOf(side);
	const settings = fields.filter(({ setting }) => setting.field.inSettings === true);
	return [
		connectorField(side),
		...fields
			.filter(({ setting }) => setting.field.inSettings !== true)
			.map((shared) => shownProperty(side, shared)),
		{
			displayName: `${title} Settings`,
			name: `${side}Settings`,
			type: 'collection',
			placeholder: 'Add setting',
			default: {},
			options: settings
				.map((shared) => shownProperty(side, shared))
				.sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
	];
}
