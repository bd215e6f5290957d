import { createFlowShape } from '../../../nodes/AmazonAppFlow/flowDefinition/schema/model.ts';
import type { Shape } from '../../../nodes/AmazonAppFlow/flowDefinition/shape.ts';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { checked, fields } from './form.ts';
import { rows } from './model.ts';
import { bodyFor, put, valuesOf } from './row.ts';

/** Their values depend on other parts of the body; create.test.ts covers them. */
const dependent = [
	'sourceFlowConfig.connectorType',
	'destinationFlowConfigList[].connectorType',
	'sourceFlowConfig.sourceConnectorProperties',
	'destinationFlowConfigList[].destinationConnectorProperties',
	'tasks[].taskType',
	'tasks[].connectorOperator',
	'triggerConfig',
	'triggerConfig.triggerProperties.Scheduled',
	'sourceFlowConfig',
	'destinationFlowConfigList[]',
	'tasks[]',
];

/** A body in which a value is valid. */
function validBody(path: string, value: unknown): Record<string, unknown> {
	const body = bodyFor(path);
	const isMode = path.endsWith('writeOperationType') && value !== 'INSERT';
	if (isMode) return put(body, path.replace('writeOperationType', 'idFieldNames'), ['Id']);
	if (path === 'triggerConfig.triggerType' && value === 'Scheduled') return bodyFor('Scheduled');
	return body;
}

/** Valid schedule expressions; AWS's model allows any text. */
const schedules = ['rate(1hours)', 'rate(5minutes)', 'rate(1days)', 'cron(0 12 * * ? *)'];

function goodValues(row: (typeof rows)[number]): unknown[] {
	const [path] = row;
	if (path.endsWith('scheduleExpression')) return schedules;
	if (path.endsWith('EndTime')) return [1798761600];
	return dependent.includes(path) ? [] : valuesOf(row).good;
}

function pathsOf(shape: Shape, path = ''): string[] {
	if (shape.kind === 'list') return [`${path}[]`, ...pathsOf(shape.of, `${path}[]`)];
	if (shape.kind === 'map') return [`${path}{key}`, `${path}{value}`];
	if (shape.kind !== 'object') return [];
	return Object.entries(shape.members).flatMap(([name, member]) => {
		const inner = path === '' ? name : `${path}.${name}`;
		return [inner, ...pathsOf(member, inner)];
	});
}

function labelsOf(shape: Shape): string[] {
	const inner =
		shape.kind === 'object'
			? Object.values(shape.members)
			: shape.kind === 'list' || shape.kind === 'map'
				? [shape.of]
				: [];
	return [...(shape.label === undefined ? [] : [shape.label]), ...inner.flatMap(labelsOf)];
}

type Option = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** The labels of a field. Fields in a collection also have a label with the name of the collection. */
function namesOf(field: Option): string[] {
	if ('values' in field) return field.values.flatMap(namesOf);
	if (!('displayName' in field)) return [];
	const { displayName, type, options = [] } = field;
	if (type !== 'collection' && type !== 'fixedCollection') return [displayName];
	const inner = options.flatMap(namesOf);
	return [displayName, ...inner, ...inner.map((name) => `${displayName}: ${name}`)];
}

describe('the model of CreateFlow', () => {
	it('uses the labels of the form', () => {
		const labels = labelsOf(createFlowShape);
		expect(labels.length).toBeGreaterThan(50);
		const known = new Set(fields.flatMap(namesOf));
		expect(labels.filter((label) => !known.has(label))).toEqual([]);
	});

	it('has every row of AWS, and no others', () => {
		// create.test.ts covers the operators
		const own = pathsOf(createFlowShape).filter((path) => !/connectorOperator\./.test(path));
		expect(own.sort()).toEqual(rows.map(([path]) => path).sort());
	});

	it.each(rows)('%s accepts valid values', (...row) => {
		for (const value of goodValues(row)) {
			const body = put(validBody(row[0], value), row[0], value);
			expect(checked(body)).toEqual(body);
		}
	});

	it.each(rows)('%s rejects invalid values and names its path', (...row) => {
		const [path] = row;
		const { bad } = valuesOf(row);
		expect(bad.length).toBeGreaterThan(0);
		for (const value of bad) {
			// a key is always text
			if (path.endsWith('{key}') && typeof value !== 'string') continue;
			// times are read first and named without a path
			const isTime = row[1] === 'timestamp';
			const name = (isTime ? (path.split('.').at(-1) ?? '') : path)
				.replaceAll('[]', '[0]')
				.replace(/\{key\}/, '')
				.replace('{value}', path.includes('taskProperties') ? '.VALUE' : '.name_1');
			expect(() => checked(put(bodyFor(path), path, value))).toThrow(name);
		}
	});

	it.each(rows.filter(([path, , required]) => required && !/[\]}]$/.test(path)))(
		'%s is required',
		(path) => {
			const name = path.replaceAll('[]', '[0]');
			expect(() => checked(put(bodyFor(path), path, undefined))).toThrow(`${name} is empty`);
		},
	);
});
