// Fields with the same name share one stored value. If two of them are in view, n8n takes the default of the last one.
import { isDeepStrictEqual } from 'node:util';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { nodes } from '../services.ts';

type Conditions = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

interface Place {
	field: INodeProperties;
	/** The name, after the names of the fields around it. */
	path: string;
	/** The conditions of the field and of the fields around it. */
	conditions: Conditions[];
}

/** @param isRow whether the fields are those of a row: n8n adds a row with the defaults of hidden fields too */
function* places(
	fields: Array<INodeProperties | INodePropertyCollection>,
	around: Pick<Place, 'path' | 'conditions'> = { path: '', conditions: [] },
	isRow = false,
): Generator<Place> {
	for (const part of fields) {
		const path = `${around.path}/${part.name}`;
		const show = 'type' in part && !isRow ? part.displayOptions?.show : undefined;
		const conditions = [...around.conditions, ...(show ? [show] : [])];
		if ('type' in part) yield { field: part, path, conditions };
		const parts = 'values' in part ? part.values : (part.options ?? []);
		const inner = parts.filter((one) => 'type' in one || 'values' in one);
		yield* places(inner, { path, conditions }, 'values' in part);
	}
}

function areCompatible(one: Conditions, other: Conditions): boolean {
	return Object.entries(one).every(([name, values = []]) => {
		const others = other[name];
		return others === undefined || values.some((value) => others.includes(value));
	});
}

/** Whether both fields can be in view. */
function canBothBeInView(one: Place, other: Place): boolean {
	return one.conditions.every((show) =>
		other.conditions.every((otherShow) => areCompatible(show, otherShow)),
	);
}

describe.each(nodes.map(({ description }) => [description.name, description] as const))(
	'%s',
	(_name, { properties }) => {
		it('has no two fields of one name, in view together, with different types or defaults', () => {
			const all = [...places(properties)].filter(({ field }) => field.type !== 'notice');
			const differing = all.flatMap((one, index) =>
				all
					.slice(index + 1)
					.filter(
						(other) =>
							other.path === one.path &&
							canBothBeInView(one, other) &&
							!(
								one.field.type === other.field.type &&
								isDeepStrictEqual(one.field.default, other.field.default)
							),
					)
					.map(() => one.path),
			);
			expect([...new Set(differing)]).toEqual([]);
		});
	},
);
