// The form of Create can set every value in AWS's model of a connector, using only that connector's fields.
import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import {
	commonSettings,
	connectorsOf,
	keyOf,
} from '../../../nodes/AmazonAppFlow/flowDefinition/connectors/connectors.ts';
import type {
	Connector,
	Side,
} from '../../../nodes/AmazonAppFlow/flowDefinition/connectors/connectors.ts';
import { isObject } from '../../../nodes/engine/values.ts';
import { parameterOf } from '../../../nodes/AmazonAppFlow/flowDefinition/form/connectorFields.ts';
import { bodyOf, fields, picked } from './form.ts';
import { rows } from './model.ts';

/** A valid value, as the editor stores it. */
function filled({ type, name, options = [] }: INodeProperties): INodeParameters[string] {
	const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
	switch (type) {
		case 'boolean':
			return true;
		case 'number':
			return 1;
		case 'options':
			// the last write mode needs ID fields
			return values.at(-1) ?? '';
		case 'multiOptions':
			return values;
		case 'resourceLocator':
			return picked('Item');
		case 'fixedCollection':
			return { pair: [{ name: 'name_1', value: 'x' }] };
		default:
			return name.endsWith('BucketName') ? 'upsolver-appflow-a' : 'Item';
	}
}

/** The fields that the editor shows for these values. */
function shown(from: INodeProperties[], values: INodeParameters, root = values): INodeProperties[] {
	return from.filter((field) => NodeHelpers.displayParameter(values, field, null, null, root));
}

/** A form with every field of the source or destination filled in, and the number of these fields. */
function fullForm(side: Side, connector: Connector): { form: INodeParameters; count: number } {
	const form: INodeParameters = {
		specifyFlow: 'form',
		flowName: 'flow-1',
		sourceConnector: 'S3',
		sourceBucketName: 'acme-in',
		destinationConnector: 'S3',
		destinationBucketName: 'acme-out',
		// the ID fields must be mapped
		fields: 'json',
		fieldMappingJson: '{"a": "Item"}',
		[`${side}Connector`]: connector.type,
	};
	// every source supports this
	if (side === 'source') form.fields = 'all';
	const isOfEnd = ({ name }: INodeProperties) =>
		name.startsWith(side) && name !== `${side}Connector` && name !== `${side}Settings`;
	let names: string[] = [];
	// twice, because some fields are shown only for certain values of others
	for (const _time of [1, 2]) {
		const ends = shown(fields, form).filter(isOfEnd);
		for (const field of ends) form[field.name] = filled(field);
		names = ends.map(({ name }) => name);
	}
	const collection = fields.find(({ name }) => name === `${side}Settings`);
	const options = (collection?.options ?? []).filter((option) => 'type' in option);
	const more = shown(options, {}, form);
	form[`${side}Settings`] = Object.fromEntries(more.map((field) => [field.name, filled(field)]));
	const own = [...commonSettings(side, connector), ...(connector[side] ?? [])];
	const inOrder = own.filter(({ field }) => field.inSettings !== true);
	expect(names).toEqual(inOrder.map(({ field }) => parameterOf(side, field)));
	return { form, count: names.length + more.length };
}

function leavesOf(value: unknown, path: string): string[] {
	if (Array.isArray(value)) return [`${path}[]`];
	if (!isObject(value)) return [path];
	return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${path}.${name}`));
}

/** The leaves of the model below a path. */
function modelLeaves(below: string): string[] {
	return rows
		.map(([path]) => path)
		.filter((path) => path.startsWith(`${below}.`) && !path.endsWith('{key}'))
		.filter(
			(path, _index, all) =>
				!all.some((one) => /^[.[{]/.test(one.slice(path.length)) && one.startsWith(path)),
		)
		.map((path) => path.replace('{value}', '.name_1'));
}

const ends = (['source', 'destination'] as const).flatMap((side) =>
	connectorsOf(side).map((connector): [string, Side, Connector] => [
		connector.type,
		side,
		connector,
	]),
);

it.each(ends)(
	'%s as the %s: its fields set every value, in the right order, and no other fields are shown',
	(_type, side, connector) => {
		const { form, count } = fullForm(side, connector);
		const body = bodyOf(form);
		const root = side === 'source' ? 'sourceFlowConfig' : 'destinationFlowConfigList[]';
		const [destination] = body.destinationFlowConfigList as unknown[];
		const values = leavesOf(side === 'source' ? body.sourceFlowConfig : destination, root);
		const key = `${root}.${side}ConnectorProperties.${keyOf(connector)}`;
		const expected = [
			`${root}.connectorType`,
			...commonSettings(side, connector).map(({ path }) => `${root}.${path}`),
			...modelLeaves(key),
		];
		expect(values.sort()).toEqual(expected.sort());
		expect(count).toBe(expected.length - 1);
	},
);
