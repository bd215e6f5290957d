// Compares the node's model of CreateFlow and the sandbox's contract with AWS's model: every member, type, required list,
// enumeration, pattern and limit. AWS's model itself is compared with AWS's JavaScript client.
import * as sdk from '@aws-sdk/client-appflow';
import {
	createFlowShape,
	tagsShape,
} from '../../../nodes/AmazonAppFlow/flowDefinition/schema/model.ts';
import type { Shape } from '../../../nodes/AmazonAppFlow/flowDefinition/shape.ts';
import { parseFlowName } from '../../../nodes/AmazonAppFlow/names.ts';
import { NOTHING, ofModel, operations, regexOf, shapeNames, shapeOf } from './constraints.ts';
import type { Described, Side } from './constraints.ts';
import { documented, ofContract } from './contractShape.ts';
import type { Schema } from './contractShape.ts';
import { differences, probesOf } from './differences.ts';

function ofNode(shape: Shape): Side {
	return () => {
		switch (shape.kind) {
			case 'text': {
				const { values, min = 0, max = Infinity, pattern } = shape;
				return { ...NOTHING, kind: 'text', values: values && [...values], min, max, pattern };
			}
			case 'number':
				return { ...NOTHING, ...shape, members: {}, required: [] };
			case 'list':
				return { ...NOTHING, kind: 'list', of: ofNode(shape.of) };
			case 'map': {
				const { keys, of, max = Infinity } = shape;
				return { ...NOTHING, kind: 'map', max, keys: ofNode(keys), of: ofNode(of) };
			}
			case 'object': {
				const entries = Object.entries(shape.members);
				return {
					...NOTHING,
					kind: 'object',
					required: entries.flatMap(([name, { required }]) => (required === true ? [name] : [])),
					members: Object.fromEntries(entries.map(([name, one]) => [name, ofNode(one)])),
				};
			}
			default:
				return { ...NOTHING, kind: shape.kind };
		}
	};
}

it.each([
	['CreateFlowRequest', createFlowShape],
	['TagMap', tagsShape],
])("the node's %s equals AWS's", (name, shape) => {
	expect(differences('', ofNode(shape)(), ofModel(name)())).toEqual([]);
});

it('accepts the flow names that AWS accepts', () => {
	const { pattern = '' } = shapeOf('FlowName');
	for (const text of probesOf(regexOf(pattern))) {
		expect([text, parseFlowName(text) !== undefined]).toEqual([text, regexOf(pattern).test(text)]);
	}
});

describe("the sandbox's contract", () => {
	it.each(Object.entries(operations))(
		'accepts for %s what AWS accepts',
		async (_name, operation) => {
			const { method, path, input } = operation;
			const found = await documented(path, method);
			const schema = found?.requestBody?.content['application/json'].schema ?? { type: 'object' };
			expect(found).toBeDefined();
			expect(differences('', ofContract(schema), ofModel(input)())).toEqual([]);
		},
	);

	it('accepts in URLs what AWS accepts', async () => {
		const { members = {} } = shapeOf('UntagResourceRequest');
		const found = await documented('/tags/{resourceArn}', 'delete');
		const schemas = new Map<string, Schema>(
			found?.parameters?.map(({ name, schema }) => [name, schema]),
		);
		for (const name of ['resourceArn', 'tagKeys']) {
			const ours = ofContract(schemas.get(name) ?? {});
			expect(differences(name, ours, ofModel(members[name]?.shape)())).toEqual([]);
		}
	});

	/** The sandbox returns no members that AWS does not have. It describes some loosely and requires more. */
	function strays(path: string, ours: Described, theirs: Described): string[] {
		const { kind, values = [] } = ours;
		const here = [
			// an object whose members are not described may be a map
			kind !== theirs.kind &&
				!(kind === 'object' && Object.keys(ours.members).length === 0) &&
				`a ${kind} rather than a ${theirs.kind}`,
			values.some((value) => !theirs.values?.includes(value)) && 'values',
		].filter((one) => one !== false);
		const pairs: Array<[string, Side | undefined, Side | undefined]> = [
			...Object.entries(ours.members).map(([name, side]): [string, Side, Side | undefined] => [
				`.${name}`,
				side,
				theirs.members[name],
			]),
			['[]', ours.of, theirs.of ?? ours.of],
		];
		return [
			...here.map((what) => `${path}: ${what}`),
			...pairs.flatMap(([name, one, other]) => {
				if (!one) return [];
				return other
					? strays(`${path}${name}`, one(), other())
					: [`${path}${name} is unknown to AWS`];
			}),
		];
	}

	it.each(Object.entries(operations))(
		'returns for %s what AWS returns',
		async (_name, operation) => {
			const { method, path, output } = operation;
			const found = await documented(path, method);
			const schema = found?.responses[200].content['application/json'].schema ?? {};
			expect(strays('', ofContract(schema), ofModel(output)())).toEqual([]);
		},
	);
});

/** A structure of AWS's JavaScript client: kind, namespace, name, traits, members, their types, how many are required. */
type Structure = [3, string, string, object | 0, string[], unknown[], number?];

it.each(shapeNames.filter((name) => shapeOf(name).type === 'structure'))(
	"AWS's JavaScript client describes %s as its Python client does",
	(name) => {
		const structure: unknown = Reflect.get(sdk, `${name}$`);
		expect(Array.isArray(structure)).toBe(true);
		const [, , , , members, , required = 0] = structure as Structure;
		const shape = shapeOf(name);
		expect([...members].sort()).toEqual(Object.keys(shape.members ?? {}).sort());
		expect(members.slice(0, required).sort()).toEqual([...(shape.required ?? [])].sort());
	},
);

it('and the same enumerations', () => {
	const enums = shapeNames.filter((name) => shapeOf(name).enum !== undefined);
	expect(enums.length).toBeGreaterThan(20);
	for (const name of enums) {
		const values: unknown = Reflect.get(sdk, name);
		const theirs = typeof values === 'object' && values !== null ? Object.values(values) : [];
		expect([name, ...theirs].sort()).toEqual([name, ...(shapeOf(name).enum ?? [])].sort());
	}
});
