// CreateFlow bodies built from the model's rows, with valid and invalid values for a row.
import { rows } from './model.ts';
import type { Row } from './model.ts';

type Values = Record<string, unknown>;

const KEYS: Record<string, string> = {
	Googleanalytics: 'GoogleAnalytics',
	Servicenow: 'ServiceNow',
	Infornexus: 'InforNexus',
};

/** The connectorType for a key of the connector properties. Three have different spellings. */
function typeOf(key: string): string {
	return Object.entries(KEYS).find(([, spelled]) => spelled === key)?.[0] ?? key;
}

interface Sample {
	/** The beginning of a valid text, which can be extended. */
	start: string;
	bad: string[];
}

/** By pattern: a valid text and some invalid ones. */
const samples: Record<string, Sample> = {
	'': { start: 'abc', bad: [] },
	'.*': { start: '', bad: ['a\nb'] },
	'.+': { start: 'a', bad: ['', 'a\nb'] },
	'[ -~]+': { start: 'a b', bad: ['', 'é', 'a\tb'] },
	'[\\s\\w+-=\\.:/@]*': { start: 'Sales team: 7/8', bad: ["Sally's", 'a!'] },
	'[\\s\\w_-]+': { start: 'base document__v', bad: ['', 'a/b'] },
	'[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*': {
		start: 'Früchte\t🍒',
		bad: ['a\nb', 'a\u0000'],
	},
	'[\\w!@#\\-.?,\\s]*': {
		start: 'All accounts, daily. OK?',
		bad: ["it's", 'a: b', 'a/b', '(a)', 'é'],
	},
	'[\\w/!@#+=.-]+': { start: 'sf/prod+1', bad: ['', 'a b', 'é'] },
	'[\\w/-]+': { start: 'rest/v2', bad: ['', 'a b', 'a.b'] },
	'[\\w]+': { start: 'region_1', bad: ['', 'a b', 'a-b'] },
	'[a-zA-Z0-9][\\w!@#.-]+': { start: 'a1', bad: ['', 'a', '-ab', 'my flow', 'a/b', 'über'] },
	'\\S+': { start: 'abc', bad: ['', 'a b', 'a\n'] },
	'^(?!aws:)[a-zA-Z+-=._:/]+$': { start: 'env_1', bad: ['', 'aws:x', 'team name', 'a@b'] },
	'^(upsolver-appflow)\\S*': {
		start: 'upsolver-appflow',
		bad: ['acme-upsolver-appflow', 'upsolver-appflow x'],
	},
	'arn:aws:iam:.*:[0-9]+:.*': {
		start: 'arn:aws:iam::123456789012:role/x',
		bad: ['role/appflow', 'arn:aws:s3:::bucket-of-acme'],
	},
	'arn:aws:kms:.*:[0-9]+:.*': {
		start: 'arn:aws:kms:eu-west-1:123456789012:key/x',
		bad: ['alias/appflow-of-acme', 'arn:aws:iam::123456789012:role/x'],
	},
};

function limits(constraint: string): { min: number; max: number; pattern: string } {
	const [first = '', ...others] = constraint.split('; ');
	const range = /^(\d+)\.\.(\d+)$/.exec(first);
	const max = /^max (\d+)$/.exec(first);
	const pattern = range || max ? others.join('; ') : constraint;
	return { min: Number(range?.[1] ?? 0), max: Number(range?.[2] ?? max?.[1] ?? Infinity), pattern };
}

function texts(constraint: string): { good: unknown[]; bad: unknown[] } {
	const { min, max, pattern } = limits(constraint);
	const sample = samples[pattern];
	// neither lengths nor a pattern: an enumeration
	if (!sample) return { good: constraint.split(' '), bad: ['Other', '', 5] };
	const { start, bad } = sample;
	const padded = (length: number) =>
		start + 'a'.repeat(Math.max(0, length - Array.from(start).length));
	return {
		good: [padded(min), ...(max < Infinity ? [padded(max)] : [])],
		bad: [
			...bad,
			5,
			['a'],
			...(max < Infinity ? [padded(max + 1)] : []),
			...(min > 1 ? [start.slice(0, min - 1)] : []),
		],
	};
}

/** Valid and invalid values for a row. */
export function valuesOf([path, type, , constraint]: Row): { good: unknown[]; bad: unknown[] } {
	const { min, max } = limits(constraint);
	switch (type) {
		case 'string':
			return texts(constraint);
		case 'boolean':
			return { good: [true, false], bad: ['true', 1] };
		case 'timestamp':
			return { good: [1798761600, 1798761600.5], bad: ['soon', [1]] };
		case 'integer':
		case 'long':
			return constraint === ''
				? { good: [1, 128], bad: [1.5, '1'] }
				: { good: [min, max], bad: [min - 1, max + 1, min + 0.5, String(min)] };
		case 'list':
			return { good: [], bad: ['a', {}] };
		case 'map': {
			const many = (count: number) =>
				Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'b']));
			const isOpen = max < Infinity;
			return {
				good: isOpen ? [{}, many(max)] : [{}],
				bad: ['a', ['a'], ...(isOpen ? [many(max + 1)] : [])],
			};
		}
		case 'object':
			return { good: [withRequired(path)], bad: ['a', ['a']] };
	}
}

function childrenOf(path: string): Row[] {
	return rows.filter(([child]) => {
		const rest = child.slice(path.length + 1);
		return child.startsWith(`${path}.`) && !/[.[{]/.test(rest);
	});
}

/** An object of the model with only its required members. */
function withRequired(path: string): Values {
	const required = childrenOf(path).filter(([, , isRequired]) => isRequired);
	return Object.fromEntries(
		required.map((row) => [row[0].slice(path.length + 1), valuesOf(row).good[0]]),
	);
}

function endpointFor(path: string, side: 'source' | 'destination'): Values {
	const [, named] = new RegExp(`\\.${side}ConnectorProperties\\.(\\w+)`).exec(path) ?? [];
	const key = named ?? 'S3';
	const root = side === 'source' ? 'sourceFlowConfig' : 'destinationFlowConfigList[]';
	const name = `${side}ConnectorProperties`;
	return {
		connectorType: typeOf(key),
		connectorProfileName: 'profile',
		...(key === 'CustomConnector' && { apiVersion: 'V1' }),
		[name]: { [key]: withRequired(`${root}.${name}.${key}`) },
	};
}

/** A valid flow that contains the parent of a row. */
export function bodyFor(path: string): Values {
	const scheduled = {
		triggerType: 'Scheduled',
		triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)' } },
	};
	return {
		flowName: 'flow-1',
		triggerConfig: path.includes('Scheduled') ? scheduled : { triggerType: 'OnDemand' },
		sourceFlowConfig: endpointFor(path, 'source'),
		destinationFlowConfigList: [endpointFor(path, 'destination')],
		tasks: [
			{ taskType: 'Truncate', sourceFields: ['name'], taskProperties: { TRUNCATE_LENGTH: '5' } },
			{ taskType: 'Map_all', sourceFields: [] },
		],
	};
}

/** Sets the value of a row; undefined removes it. Objects in between are created with their required members. */
export function put(body: Values, path: string, value: unknown): Values {
	const copy = structuredClone(body);
	const steps = path.match(/[^.[{]+|\[\]|\{\w+\}/g) ?? [];
	let at = copy;
	let where = '';
	steps.forEach((step, index) => {
		const isLast = index === steps.length - 1;
		const name = step === '[]' ? '0' : step === '{value}' ? sampleKey(where) : step;
		where += index === 0 || /^[[{]/.test(step) ? step : `.${step}`;
		if (step === '{key}') {
			const key = typeof value === 'string' ? value : String(value);
			at[key] = 'value';
			return;
		}
		if (isLast && value === undefined) Reflect.deleteProperty(at, name);
		else if (isLast) at[name] = value;
		else at[name] ??= steps[index + 1] === '[]' ? [] : withRequired(where);
		at = at[name] as Values;
	});
	return copy;
}

/** A valid key for a map. */
function sampleKey(path: string): string {
	return path.endsWith('taskProperties') ? 'VALUE' : 'name_1';
}
