import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { quoted } from '../../../engine/values';
import { keyOf } from '../connectors/connectors';
import { ANY_OF, defaultCondition, filterTypes, operatorOf } from '../connectors/conditions';
import type { Connector } from '../connectors/connectors';
import { readNames } from './readEndpoint';
import { readMappings, typesOf } from './readMappings';
import { rowsOf } from './rows';
import type { Row } from './rows';

/** A task in the request. */
function task(
	taskType: string,
	sourceFields: string[],
	connectorOperator: IDataObject | undefined,
	{ destination, properties = {} }: { destination?: string; properties?: IDataObject } = {},
): IDataObject {
	return {
		taskType,
		sourceFields,
		...(destination !== undefined && { destinationField: destination }),
		...(connectorOperator && { connectorOperator }),
		taskProperties: properties,
	};
}

/** The operator NO_OP under the source's key. Undefined if the connector does not have it; tasks then have no operator. */
function noOperator(source: Connector): IDataObject | undefined {
	return source.operators?.includes('NO_OP') ? { [keyOf(source)]: 'NO_OP' } : undefined;
}

/**
 * An operator under the source's key.
 * @param label the label of the field that selects the operator
 * @throws OperationError if the source does not support the operator
 */
function operator(source: Connector, name: string, row: Row, label: string): IDataObject {
	if (source.operators?.includes(name)) return { [keyOf(source)]: name };
	throw row.error(
		`${label}: ${source.name} does not support ${name}. It supports ${source.operators?.join(', ')}`,
	);
}

/** The task that transfers every field. */
function mapAll(parameters: Parameters, source: Connector): IDataObject {
	const excluded = parameters.raw('fieldSettings.excludeFields');
	const includesNew = parameters.optionalFlag('fieldSettings.includeNewFields');
	const properties = {
		...(excluded !== undefined && {
			EXCLUDE_SOURCE_FIELDS_LIST: JSON.stringify(
				readNames(excluded, 'Field Settings: Exclude Fields'),
			),
		}),
		...(includesNew !== undefined && { INCLUDE_NEW_FIELDS: String(includesNew) }),
	};
	return task('Map_all', [], noOperator(source), { properties });
}

const TYPES = filterTypes.map(({ value }) => String(value));

function comparedValues(row: Row, condition: string): IDataObject {
	const type = row.choice('type', 'Type', TYPES);
	const isTime = type === 'datetime';
	const readValue = (name: string, label: string): string =>
		isTime ? row.time(row.raw(`${name}Date`), label) : row.compared(name, label, type);
	if (condition === 'BETWEEN') {
		return { LOWER_BOUND: readValue('from', 'Above'), UPPER_BOUND: readValue('to', 'Below') };
	}
	if (condition !== ANY_OF) return { VALUE: readValue('value', 'Value') };
	const values = readNames(row.raw('values'), 'Values');
	if (values.length === 0) throw row.error('Values is empty');
	return {
		VALUES: values.map((value) => (isTime ? row.time(value, 'Values') : value)).join(','),
	};
}

function filterTask(row: Row, source: Connector): IDataObject {
	const field = row.required('field', 'Field');
	const type = row.choice('type', 'Type', TYPES);
	const condition = row.text('condition', 'Condition') ?? defaultCondition(source);
	if (condition === undefined) throw row.error(`Condition: ${source.name} supports none`);
	return task('Filter', [field], operator(source, operatorOf(condition), row, 'Condition'), {
		properties: {
			DATA_TYPE: type === 'other' ? row.required('dataType', 'Data Type') : type,
			...comparedValues(row, condition),
		},
	});
}

function maskTask(row: Row, source: Connector): IDataObject {
	const fields = [row.required('field', 'Field')];
	const name = row.required('operator', 'Action');
	const length = row.count('length', 'Length');
	if (name === 'TRUNCATE') {
		const properties = { TRUNCATE_LENGTH: length };
		return task('Truncate', fields, operator(source, 'NO_OP', row, 'Action'), { properties });
	}
	const maskOperator = operator(source, name, row, 'Action');
	const character = row.required('character', 'Mask With');
	if (Array.from(character).length !== 1) {
		throw row.error(`Mask With must be one character, but is ${quoted(character)}`);
	}
	const properties = { MASK_LENGTH: length, MASK_VALUE: character };
	return task('Mask', fields, maskOperator, { properties });
}

function validationTask(row: Row, source: Connector): IDataObject {
	const field = row.required('field', 'Field');
	const action = row.required('action', 'On Failure');
	if (!['DropRecord', 'DropDataset'].includes(action)) {
		throw row.error(`On Failure must be DropRecord or DropDataset, but is ${quoted(action)}`);
	}
	return task(
		'Validate',
		[field],
		operator(source, row.required('operator', 'Must Be'), row, 'Must Be'),
		{
			properties: { VALIDATION_ACTION: action },
		},
	);
}

/**
 * The two tasks of a formula: the first computes a temporary field, the second maps it to the destination.
 * @param temporaryFields the names of the temporary fields so far
 */
function formulaTasks(row: Row, source: Connector, temporaryFields: Set<string>): IDataObject[] {
	const name = row.required('operator', 'Formula');
	const isText = name === 'CONCAT';
	const fields = readNames(row.raw('fields'), 'Fields');
	if (fields.length < 2 || (fields.length > 2 && !isText)) {
		throw row.error(`Fields must name ${isText ? 'two or more' : 'two'} fields`);
	}
	const destination = row.required('destination', 'Destination Field');
	let temporaryField = fields.join(',');
	while (temporaryFields.has(temporaryField)) temporaryField += '_';
	temporaryFields.add(temporaryField);
	const format =
		row.verbatim('format', 'Format') ?? fields.map((field) => `\${${field}}`).join(' ');
	const computeTask = isText
		? task('Merge', fields, operator(source, 'NO_OP', row, 'Formula'), {
				destination: temporaryField,
				properties: { CONCAT_FORMAT: format },
			})
		: task('Arithmetic', fields, operator(source, name, row, 'Formula'), {
				destination: temporaryField,
				properties: { MATH_OPERATION_FIELDS_ORDER: fields.join(',') },
			});
	const properties = {
		SOURCE_DATA_TYPE: 'string',
		DESTINATION_DATA_TYPE: row.text('dataType', 'Data Type') ?? (isText ? 'string' : 'double'),
	};
	return [
		computeTask,
		task('Map', [temporaryField], noOperator(source), { destination, properties }),
	];
}

/**
 * The task that lists every source field in use. AppFlow requires it unless there is a Map_all task:
 * https://github.com/hashicorp/terraform-provider-aws/issues/34508
 */
function projection(tasks: IDataObject[], source: Connector): IDataObject {
	if (!source.operators?.includes('PROJECTION')) {
		throw inputError(
			`Fields must be All Fields, because ${source.name} does not support selecting fields`,
		);
	}
	const computed = tasks.flatMap(({ taskType, destinationField }) =>
		taskType === 'Merge' || taskType === 'Arithmetic' ? [destinationField] : [],
	);
	const used = tasks.flatMap(({ sourceFields }) =>
		Array.isArray(sourceFields) ? sourceFields.map(String) : [],
	);
	const fields = [...new Set(used)].filter((field) => !computed.includes(field));
	return task('Filter', fields, { [keyOf(source)]: 'PROJECTION' });
}

/**
 * Reads the tasks of the request from {@link taskFields}.
 * @param added the user's additional tasks, whose fields must also be read
 */
export function readTasks(
	parameters: Parameters,
	source: Connector,
	added: IDataObject[],
): IDataObject[] {
	const computed = new Set<string>();
	const read = (name: string, label: string, toTasks: (row: Row) => IDataObject[]) =>
		rowsOf(parameters, name, label).flatMap(toTasks);

	const otherTasks = [
		...read('filters', 'Filter', (row) => [filterTask(row, source)]),
		...read('masks', 'Mask', (row) => [maskTask(row, source)]),
		...read('validations', 'Validation', (row) => [validationTask(row, source)]),
		...read('formulas', 'Formula', (row) => formulaTasks(row, source, computed)),
	];
	const mode = parameters.choice('fields', ['all', 'chosen', 'json']);
	if (mode === 'all') return [mapAll(parameters, source), ...otherTasks];

	const mappings = readMappings(parameters, mode);
	if (mappings.length === 0 && computed.size === 0) {
		throw inputError(
			`${mode === 'json' ? 'Field Mapping (JSON)' : 'Field Mapping'} is empty`,
			'Add the fields to transfer, or set Fields to All Fields.',
		);
	}
	const maps = mappings.map((mapping) =>
		task('Map', [mapping.source], noOperator(source), {
			destination: mapping.destination,
			properties: typesOf(mapping),
		}),
	);
	const tasks = [...maps, ...otherTasks];
	return [projection([...tasks, ...added], source), ...tasks];
}
