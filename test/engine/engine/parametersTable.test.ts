// Every field of every operation receives invalid values from an expression. They are rejected before anything is sent, or
// count as the default if that changes nothing. They never become another value.
import { NodeHelpers } from 'n8n-workflow';
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeTypeDescription,
} from 'n8n-workflow';
import { isObject } from '../../../nodes/engine/values.ts';
import { describeNode, run } from '../harness.ts';
import { appFlowLab, digaLab, portableLab } from '../validParameters.ts';
import type { Lab, ValidSet } from '../validParameters.ts';
import { fastTime } from '../fastTime.ts';

fastTime();

const bads: Array<[what: string, value: unknown]> = [
	['nothing', undefined],
	['null', null],
	['empty text', ''],
	['blanks', '   '],
	['an empty list', []],
	['an empty object', {}],
	['a number', 987654],
	['text', 'zzyzx'],
	['true', true],
];

const isBlank = (what: string) => ['nothing', 'null', 'empty text', 'blanks'].includes(what);

type Rows = Record<string, unknown>;
type Path = Array<string | number>;

/** A field in a set of parameters. */
interface Case {
	set: ValidSet;
	path: Path;
	field: INodeProperties;
	isInCollection: boolean;
}

/** A copy with a value at a path, or without the member if the value is undefined. */
function changed(whole: unknown, [name, ...rest]: Path, value: unknown): unknown {
	if (name === undefined) return value;
	if (Array.isArray(whole))
		return whole.map((one: unknown, index) => (index === name ? changed(one, rest, value) : one));
	const { [name]: old, ...others } = isObject(whole) ? whole : {};
	if (rest.length === 0 && value === undefined) return others;
	return { ...others, [name]: changed(old, rest, value) };
}

function isShown(
	field: INodeProperties,
	values: Rows,
	root: Rows,
	description: INodeTypeDescription,
): boolean {
	const node = { typeVersion: 1 } as INode;
	return NodeHelpers.displayParameter(
		values as INodeParameters,
		field,
		node,
		description,
		root as INodeParameters,
	);
}

/** Whether a field as a whole cannot be an expression. */
function isFixed({ noDataExpression, type }: INodeProperties): boolean {
	return noDataExpression === true || ['notice', 'resourceMapper'].includes(type);
}

/** The fields that the editor shows for a set, including the fields of each row and all fields of collections. */
function casesOf(set: ValidSet, description: INodeTypeDescription): Case[] {
	const { resource, operation } = set;
	const all = { ...set.parameters, resource, operation };
	const root = NodeHelpers.getNodeParameters(
		description.properties,
		all,
		true,
		false,
		{ typeVersion: 1 },
		description,
	) as Rows;
	const inside = (
		fields: INodeProperties[],
		values: Rows,
		path: Path,
		isInCollection: boolean,
	): Case[] =>
		fields
			.filter((field) => isShown(field, values, root, description))
			.flatMap((field): Case[] => {
				const here = [...path, field.name];
				const value = values[field.name];
				if (field.type === 'collection') {
					const parts = field.options as INodeProperties[];
					return inside(parts, isObject(value) ? value : {}, here, true);
				}
				if (field.type === 'fixedCollection') {
					return (field.options as INodePropertyCollection[]).flatMap((group) => {
						const rows = isObject(value) ? value[group.name] : undefined;
						if (isObject(rows)) return inside(group.values, rows, [...here, group.name], false);
						return (Array.isArray(rows) ? (rows as Rows[]) : []).flatMap((row, index) =>
							inside(group.values, row, [...here, group.name, index], false),
						);
					});
				}
				return isFixed(field) ? [] : [{ set, path: here, field, isInCollection }];
			});
	return inside(description.properties, root, [], false);
}

/** The name of a field of an operation, without row numbers. */
function keyOf(
	{ resource, operation }: Pick<ValidSet, 'resource' | 'operation'>,
	path: Path,
): string {
	return `${resource}.${operation} ${path.filter((part) => typeof part === 'string').join('.')}`;
}

/** Every field of an operation that can be an expression, also if it is hidden. */
function fieldsOf(key: string, { properties }: INodeTypeDescription): Set<string> {
	const [resource = '', operation = ''] = key.split('.');
	const own = properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) === true &&
			displayOptions.show.operation?.includes(operation) === true,
	);
	const inside = (fields: INodeProperties[], path: Path): string[] =>
		fields.flatMap((field) => {
			const here = [...path, field.name];
			if (field.type === 'collection') return inside(field.options as INodeProperties[], here);
			if (field.type === 'fixedCollection') {
				return (field.options as INodePropertyCollection[]).flatMap(({ name, values }) =>
					inside(values, [...here, name]),
				);
			}
			return isFixed(field) ? [] : [keyOf({ resource, operation }, here)];
		});
	return new Set(inside(own, []));
}

/** The requests, without values that differ in each run: tokens, current times, and generated IDs. */
function sent({ sandbox }: Lab): string[] {
	return sandbox.requests.map(({ method, path, body, at }) => {
		const times = body
			.replace(/"clientToken":"[^"]*"/, '')
			.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
				String(Math.round((Date.parse(time) - at) / 60_000)),
			);
		return `${method} ${path.replace(/[0-9A-Za-z]{21}/, 'ID')} ${times}`;
	});
}

interface Outcome {
	errors: string[];
	requests: string[];
}

async function outcome(
	lab: Lab,
	{ resource, operation }: ValidSet,
	parameters: unknown,
	items: object[],
): Promise<Outcome> {
	lab.restore();
	const node = {
		name: 'Node',
		type: lab.type,
		onError: 'continueRegularOutput' as const,
		parameters: { ...(parameters as Rows), resource, operation } as never,
	};
	const start = { name: 'Start', type: 'test.items', parameters: { items: items as never } };
	const { json, error } = await run([start, node], lab.credentials, {
		watch: false,
		// the default is a long wait
		...(JSON.stringify(parameters).includes('"settleDelay":0') ||
		resource !== 'flow' ||
		operation !== 'setFilterAndRun'
			? {}
			: { cancelAfterMs: 400 }),
	});
	if (error && !error.message.includes('canceled')) throw new Error(error.message);
	await lab.sandbox.idle();
	const errors = json('Node').flatMap((item) =>
		typeof item.error === 'string' ? [item.error] : [],
	);
	return { errors, requests: sent(lab) };
}

/** The values in `bads` that are valid for a type of field. */
const fits: Partial<Record<string, string[]>> = {
	boolean: ['true'],
	number: ['a number'],
	resourceLocator: ['text'],
	string: ['text'],
};

/** Fields outside of collections whose default changes nothing. */
const BLANK_AS_DEFAULT = ['portable flow.update schedule', 'amazonAppFlow flow.update triggerType'];

function isEmpty(value: unknown): boolean {
	const inner = isObject(value) && '__rl' in value ? value.value : value;
	return ['', '{}', '[]', '""', 'null'].includes(
		typeof inner === 'string' ? inner : JSON.stringify(inner),
	);
}

function mayBeDefault(lab: Lab, { set, path, field, isInCollection }: Case): boolean {
	const name = `${lab.type} ${set.resource}.${set.operation} ${path.join('.')}`;
	const isPaging = ['returnAll', 'limit', 'order'].includes(field.name);
	const { default: initial } = field;
	const plain = isObject(initial) && 'mode' in initial ? initial.value : initial;
	return isInCollection || isPaging || BLANK_AS_DEFAULT.includes(name) || isEmpty(plain);
}

/**
 * Whether an error names the field: by its label, or by the list and the name in the same row. A blank condition of a
 * filter is the default, so that the error names the value that the default needs.
 */
function isNamed(error: string, { path, field }: Case): boolean {
	return (
		error.includes(field.displayName) ||
		(path.at(-1) === 'value' && /^[A-Z][\w: ]+: "/.test(error)) ||
		(path.at(-1) === 'condition' && /^Filter \d+ ".*": Value /.test(error))
	);
}

/** The label of a custom connector, which is not sent because the connection determines the connector. */
const UNSENT = ['connector.getFields connector', 'connector.getObjects connector'];

/** Fields that only show something in the editor: no value changes the requests. */
const SHOWN_ONLY = ['reference'];

/** Describes each invalid value that a field does not handle correctly. */
async function problemsOf(lab: Lab, one: Case): Promise<string[]> {
	const { set, path, field, isInCollection } = one;
	const name = `${set.resource}.${set.operation} ${path.join('.')}`;
	const by = (value: unknown) => changed(set.parameters, path, value);
	const expression = '={{ $json.odd }}';
	const parameters = by(
		field.type === 'resourceLocator' ? { __rl: true, mode: 'id', value: expression } : expression,
	);
	const values = bads.filter(([what]) => fits[field.type]?.includes(what) !== true);
	const all = await outcome(
		lab,
		set,
		parameters,
		values.map(([, odd]) => ({ odd })),
	);
	if (all.requests.length === 0) {
		const unnamed = all.errors.filter((error) => !isNamed(error, one));
		return unnamed.length > 0 ? [`${name} is not named: ${unnamed[0] ?? ''}`] : [];
	}
	// n8n rejects missing required fields itself
	const absent = await outcome(lab, set, by(undefined), [{}]).catch(() => ({
		requests: ['none'],
	}));
	const initial = isInCollection ? await outcome(lab, set, by(field.default), [{}]) : absent;
	const deproblems = [absent, initial].map(({ requests }) => JSON.stringify(requests));
	const problems: string[] = [];
	for (const [what, bad] of values) {
		const { errors, requests } = await outcome(lab, set, parameters, [{ odd: bad }]);
		if (requests.length === 0) {
			if (!isNamed(errors[0] ?? '', one))
				problems.push(`${name}: ${what} is rejected with ${String(errors[0])}`);
			continue;
		}
		const isDefault = deproblems.includes(JSON.stringify(requests));
		const given = typeof bad === 'string' ? bad : JSON.stringify(bad ?? null);
		const isGiven = [...requests, ...errors].some((text) => text.includes(given));
		const isText = ['string', 'resourceLocator'].includes(field.type);
		// the value of a pair or of a filter can be any text, or is converted to text
		const isContent = field.type === 'json' || path.at(-1) === 'value';
		const takesAnything =
			(isText && what === 'a number') || (isContent && !['nothing', 'null'].includes(what));
		const isHarmless = isBlank(what) || isEmpty(bad) || (isText && what === 'a number');
		if (isDefault && SHOWN_ONLY.includes(field.name)) continue;
		if (isDefault && isHarmless && mayBeDefault(lab, one)) continue;
		if ((isGiven || UNSENT.includes(name)) && takesAnything) continue;
		problems.push(`${name}: ${what} sent ${requests.join(' | ')} ${String(errors)}`);
	}
	return problems;
}

describe.each([
	['Portable', portableLab],
	['Diga', digaLab],
	['Amazon AppFlow', appFlowLab],
])('%s', (_service, start) => {
	let lab: Lab;
	let stop: (() => Promise<void>) | undefined;
	let description: INodeTypeDescription;

	beforeAll(async () => {
		lab = await start();
		stop = lab.sandbox.stop;
		description = await describeNode(lab.type);
	});

	afterAll(async () => {
		await stop?.();
	});

	it('has a valid set of parameters for every operation', async () => {
		const operations = description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options = [], displayOptions }) =>
				options.flatMap((option) =>
					(displayOptions?.show?.resource ?? []).flatMap((one) =>
						typeof one === 'string' && 'value' in option ? [`${one}.${option.value}`] : [],
					),
				),
			);
		const known = lab.sets.map(({ resource, operation }) => `${resource}.${operation}`);
		expect([...new Set(known)].sort()).toEqual(operations.sort());
		const failed: string[] = [];
		for (const set of lab.sets) {
			const { errors } = await outcome(lab, set, set.parameters, [{}]);
			failed.push(...errors.map((error) => `${set.resource}.${set.operation}: ${error}`));
		}
		expect(failed).toEqual([]);
	});

	it('has a set that shows each field of each operation', () => {
		const covered = new Set(
			lab.sets.flatMap((set) => casesOf(set, description).map((one) => keyOf(set, one.path))),
		);
		const operations = new Set(lab.sets.map((set) => `${set.resource}.${set.operation}`));
		const missing = [...operations].flatMap((operation) =>
			[...fieldsOf(operation, description)].filter((key) => !covered.has(key)),
		);
		expect(missing).toEqual([]);
	});

	it('rejects invalid values before anything is sent, or uses the default', async () => {
		const seen = new Set<string>();
		const errors: string[] = [];
		for (const set of lab.sets) {
			for (const one of casesOf(set, description)) {
				const key = `${set.resource}.${set.operation} ${one.path.join('.')}`;
				if (seen.has(key)) continue;
				seen.add(key);
				errors.push(...(await problemsOf(lab, one)));
			}
		}
		expect(errors).toEqual([]);
	}, 600_000);
});
