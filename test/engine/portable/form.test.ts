import type {
	INodeListSearchResult,
	INodeParameterResourceLocator,
	INodeParameters,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { callMethod, run } from '../harness.ts';
import type { Result } from '../harness.ts';
import { credentials, portable, posts, start } from './case.ts';

const node = (parameters: object, name = 'Portable') => ({
	name,
	type: 'portable',
	parameters: {
		resource: 'source',
		operation: 'create',
		specifyProperties: 'form',
		...parameters,
	},
});

/** Locators as the editor stores them. */
const locator = (mode: string, value: string | number): INodeParameterResourceLocator => ({
	__rl: true,
	mode,
	value,
});
const byId = (value: string | number) => locator('id', value);
const byName = (value: string) => locator('name', value);
const fromList = (value: string) => locator('list', value);

/** Creates a resource, whose response includes the property definitions of its spec. */
async function seed(spec: string, properties: object = {}, resource = 'source'): Promise<number> {
	const { json, error } = await run(
		[
			start(),
			node({
				resource,
				[`${resource}Spec`]: spec,
				specifyProperties: 'json',
				propertiesJson: JSON.stringify(properties),
			}),
		],
		credentials(),
	);
	expect(error).toBeUndefined();
	return Number(json('Portable')[0]?.id);
}

async function formOf(
	method: string,
	parameters: INodeParameters = {},
): Promise<ResourceMapperFields> {
	return await callMethod('portable', `resourceMapping.${method}`, {
		credentials: credentials(),
		parameters,
	});
}

async function listOf(method: string, ...args: string[]): Promise<INodeListSearchResult> {
	return await callMethod('portable', `listSearch.${method}`, { credentials: credentials(), args });
}

/** A form with all property types, as the editor stores it. Fields without a value are null or removed. */
async function filled(values: object, method = 'sourceForm', parameters?: INodeParameters) {
	const { fields } = await formOf(method, parameters ?? { sourceSpec: byName('everything') });
	const names = new Set(Object.keys(values));
	const schema = fields.map((field) => ({
		...field,
		removed: field.removed === true && !names.has(field.id),
	}));
	const untouched = fields.map(({ id }) => [id, null]);
	const value = { ...Object.fromEntries(untouched), ...values } as object;
	return { mappingMode: 'defineBelow', value, schema };
}

async function create(
	propertiesForm: unknown,
	{ item = {}, ...more }: { item?: object; addSecretProperties?: boolean } = {},
): Promise<Result> {
	portable.requests.length = 0;
	return await run(
		[start([item]), node({ sourceSpec: byName('everything'), propertiesForm, ...more })],
		credentials({ portablePropertiesApi: { secretProperties: '{"api_key": "S3CRET"}' } }),
	);
}

const sent = () => (JSON.parse(posts()[0]?.body ?? '{}') as { properties?: object }).properties;

/** The required properties. */
const required = { title: 'A', api_key: 'k' };

describe('the form: values', () => {
	beforeEach(async () => {
		await seed('everything');
	});

	it('sends each type as its JSON type', async () => {
		const { error } = await create(
			await filled({
				...required,
				notes: 'two\nlines',
				limit: 12.5,
				live: false,
				since: '2026-12-31T00:00:00',
				until: '2026-12-31T18:00:00+01:00',
				daily_at: '06:30',
			}),
		);
		expect(error).toBeUndefined();
		expect(sent()).toEqual({
			...required,
			notes: 'two\nlines',
			limit: 12.5,
			live: false,
			since: '2026-12-31',
			until: '2026-12-31T17:00:00.000Z',
			daily_at: '06:30',
		});
	});

	it('sends only what is set: no null, no empty text, no removed boolean', async () => {
		const { error } = await create(await filled({ ...required, notes: '', limit: '={{ "" }}' }));
		expect(error).toBeUndefined();
		expect(sent()).toEqual(required);
		const form = await filled({ ...required, live: true });
		const schema = form.schema.map((field) => ({ ...field, removed: field.id === 'live' }));
		await create({ ...form, schema });
		expect(sent()).toEqual(required);
	});

	it.each([
		['limit', '={{ "7" }}', 7],
		['limit', '={{ 0 }}', 0],
		['live', '={{ "true" }}', true],
		['since', '={{ "2026-12-31" }}', '2026-12-31'],
		[
			'since',
			'={{ DateTime.fromISO("2026-12-31T23:30:00+13:00", { setZone: true }) }}',
			'2026-12-31',
		],
		['until', '={{ 1798740000000 }}', '2026-12-31T18:00:00.000Z'],
		['until', '={{ DateTime.fromISO("2026-12-31T18:00:00Z") }}', '2026-12-31T18:00:00.000Z'],
		['daily_at', '={{ "06:30:15" }}', '06:30:15'],
		['daily_at', '={{ "2026-12-31T06:30:00" }}', '06:30:00'],
		['title', '={{ 5 }}', '5'],
	])('reads %s from %s', async (name, expression, value) => {
		const { error } = await create(await filled({ ...required, [name]: expression }));
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ ...required, [name]: value });
	});

	it.each([
		['limit', '={{ "many" }}', 'Properties: "Limit" must be a number, but is "many" [Item 0]'],
		['limit', '={{ [1] }}', 'Properties: "Limit" must be a number, but is "[1]" [Item 0]'],
		['live', '={{ "maybe" }}', 'Properties: "Live" must be true or false, but is "maybe" [Item 0]'],
		['since', '={{ "soon" }}', /^Properties: "Since" must be a date such as/],
		['until', '={{ "soon" }}', /^Properties: "Until" must be a date and time such as/],
		['daily_at', '={{ "25:00" }}', /^Properties: "daily_at" must be a time such as/],
		['daily_at', '={{ "06:30 maybe" }}', /^Properties: "daily_at" must be a time such as/],
		['title', '={{ ({ a: 1 }) }}', /^Properties: "Title" must be text/],
		['api_key', '={{ "********" }}', /^Properties: "API Key \(.*\)" is the mask/],
	])('rejects %s from %s before sending a request', async (name, expression, message) => {
		const { error } = await create(await filled({ ...required, [name]: expression }));
		expect(error?.message).toMatch(message);
		expect(portable.requests).toHaveLength(0);
	});

	it.each([
		['title', 'Properties: "Title" is empty, but the spec requires it [Item 0]'],
		['api_key', /^Properties: "API Key \(secret: .*\)" is empty, but the spec requires it/],
	])('rejects a missing %s by its name before sending a request', async (name, message) => {
		const { error } = await create(await filled({ ...required, [name]: '={{ "" }}' }));
		expect(error?.message).toMatch(message);
		expect(portable.requests).toHaveLength(0);
	});

	it('accepts required properties from the secret credential', async () => {
		const { error } = await create(await filled({ title: 'A' }), { addSecretProperties: true });
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ title: 'A', api_key: 'S3CRET' });
	});

	it('maps the fields of the item that the form has, and no inherited members', async () => {
		const { schema } = await filled({});
		const { error } = await create(
			{ mappingMode: 'autoMapInputData', value: null, schema },
			{ item: { ...required, limit: 3, live: true, since: null, other: 'not in the form' } },
		);
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ ...required, limit: 3, live: true });
	});

	it('rejects automatic mapping if the form has no fields', async () => {
		const { error } = await create({ mappingMode: 'autoMapInputData', value: null, schema: [] });
		expect(error?.message).toBe(
			'Properties (Form) cannot map the fields of the item, because the list of fields is missing [Item 0]',
		);
		expect(portable.requests).toHaveLength(0);
	});

	it('P6: sends __proto__ and constructor as data', async () => {
		const { schema: whole } = await filled({});
		// n8n checks required fields itself, and does not evaluate the expression for that
		const schema = whole.map((field) => ({ ...field, required: false }));
		const [template] = schema;
		const { error } = await create({
			mappingMode: 'defineBelow',
			value: `={{ JSON.parse('{"__proto__": "p", "constructor": "c", "title": "A", "api_key": "k"}') }}`,
			schema: [...schema, { ...template, id: '__proto__', displayName: 'Proto' }],
		});
		expect(error).toBeUndefined();
		expect(posts()[0]?.body).toContain('"__proto__":"p"');
		expect(posts()[0]?.body).toContain('"constructor":"c"');
	});

	it('never evaluates a label from Portable as an expression', async () => {
		const form = await filled({ title: 'A', api_key: 'k', limit: '={{ "x" }}' });
		const schema = form.schema.map((field) => ({ ...field, displayName: '={{ 6 * 7 }}' }));
		const { error } = await create({ ...form, schema });
		expect(error?.message).toContain('"={{ 6 * 7 }}" must be a number');
	});

	it('sends the values unchanged if a workflow was written by hand, without a schema', async () => {
		const value = { title: 'A', limit: 3, live: null, notes: '={{ $json.notes }}' };
		const { error } = await create(
			{ mappingMode: 'defineBelow', value, schema: [] },
			{ item: { notes: 'x' } },
		);
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ title: 'A', limit: 3, notes: 'x' });
	});

	it('rejects text in place of a form', async () => {
		const { error } = await create('title: A');
		expect(error?.message).toContain('Properties (Form) must be filled in as a form');
		expect(portable.requests).toHaveLength(0);
	});
});

describe('the form of an existing source', () => {
	it.each([
		['its own form', 'sourceChangeForm'],
		['a form that remains from Create', 'sourceForm'],
	])('sends only what is set, and requires no property: %s', async (_form, method) => {
		const id = await seed('everything', required);
		const propertiesForm = await filled({ notes: 'new' }, method, {
			source: byId(id),
			sourceSpec: byName('everything'),
		});
		portable.requests.length = 0;
		const { error } = await run(
			[start(), node({ operation: 'update', source: byId(id), propertiesForm })],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(portable.requests.map(({ method, body }) => [method, body])).toEqual([
			['PATCH', '{"properties":{"notes":"new"}}'],
		]);
	});

	it('rejects an update without changes', async () => {
		const id = await seed('everything', required);
		const propertiesForm = await filled({}, 'sourceChangeForm', { source: byId(id) });
		portable.requests.length = 0;
		const { error } = await run(
			[start(), node({ operation: 'update', source: byId(id), propertiesForm })],
			credentials(),
		);
		expect(error?.message).toContain('Nothing to update');
		expect(portable.requests).toHaveLength(0);
	});
});

describe('the form: its fields', () => {
	const summaryOf = ({ fields }: ResourceMapperFields) =>
		Object.fromEntries(
			fields.map(({ id, displayName, type, required, removed }: ResourceMapperField) => [
				id,
				[displayName, type, required, removed],
			]),
		);
	const secret = 'API Key (secret: use the Secret Properties credential)';
	const all = {
		title: ['Title', 'string', true, false],
		notes: ['Notes to keep', 'string', false, false],
		api_key: [secret, 'string', false, false],
		limit: ['Limit', 'number', false, false],
		live: ['Live', 'boolean', false, true],
		since: ['Since', 'dateTime', false, false],
		until: ['Until', 'dateTime', false, false],
		daily_at: ['daily_at', 'time', false, false],
		constructor: ['Constructor', 'string', false, false],
	};

	it.each([{}, { lowerCase: true }])(
		'has every property type, in upper or lower case: %j',
		async (dialect) => {
			await seed('everything', required);
			portable.dialect(dialect);
			for (const sourceSpec of [byName(' everything '), fromList('everything'), 'everything']) {
				const form = await formOf('sourceForm', { sourceSpec });
				expect(summaryOf(form)).toEqual(all);
				expect(form.emptyFieldsNotice).toBeUndefined();
			}
		},
	);

	it('requires no field if the secret credential may supply it', async () => {
		await seed('everything');
		const form = await formOf('sourceForm', {
			sourceSpec: 'everything',
			addSecretProperties: true,
		});
		expect(summaryOf(form)).toEqual({ ...all, title: ['Title', 'string', false, false] });
	});

	it('has the properties of a destination', async () => {
		await seed('snowflake', {}, 'destination');
		const form = await formOf('destinationForm', { destinationSpec: byName('snowflake') });
		expect(Object.keys(summaryOf(form))).toEqual(['account', 'port', 'use_ssl', 'password']);
		expect(summaryOf(form).use_ssl).toEqual(['use ssl', 'boolean', true, false]);
	});

	it.each([{}, { noGets: true }])(
		'has the properties of the selected source: %j',
		async (dialect) => {
			const id = await seed('everything', required);
			portable.dialect(dialect);
			const form = await formOf('sourceChangeForm', { source: byId(id) });
			expect(summaryOf(form)).toEqual({ ...all, title: ['Title', 'string', false, false] });
		},
	);

	it('has the properties in the list of properties if the spec is text', async () => {
		const id = await seed('everything', { api_key: 'never shown' });
		portable.dialect({ specAsText: true, propertiesAsList: true });
		const form = await formOf('sourceForm', { sourceSpec: 'everything' });
		expect(summaryOf(form)).toEqual(all);
		expect(JSON.stringify(form)).not.toMatch(/never shown|\*{8}/);
		expect(Object.keys(summaryOf(await formOf('sourceChangeForm', { source: id })))).toHaveLength(
			9,
		);
	});

	it.each<[string, string, INodeParameters, object, RegExp]>([
		['no spec', 'sourceForm', { sourceSpec: byName('') }, {}, /^Enter a spec first/],
		['an expression', 'sourceForm', { sourceSpec: byName('={{ $json.a }}') }, {}, /^Enter a spec/],
		['a spec not seen', 'sourceForm', { sourceSpec: 'freshsales' }, {}, /the spec "freshsales"/],
		['no definitions', 'sourceForm', { sourceSpec: 'undescribed' }, {}, /the spec "undescribed"/],
		[
			'texts only',
			'sourceForm',
			{ sourceSpec: 'undescribed' },
			{ specAsText: true },
			/describes the properties/,
		],
		['no list', 'sourceForm', { sourceSpec: 'x' }, { noLists: true }, /does not offer a list/],
		['no source', 'sourceChangeForm', { source: byId('') }, {}, /^Select a source first/],
		['an unknown source', 'sourceChangeForm', { source: byId(4711) }, {}, /has no source with/],
	])(
		'explains why there is no form, and what to do: %s',
		async (_case, method, parameters, dialect, why) => {
			await seed('undescribed');
			portable.dialect(dialect);
			const { fields, emptyFieldsNotice } = await formOf(method, parameters);
			expect(fields).toEqual([]);
			expect(emptyFieldsNotice).toMatch(why);
			expect(emptyFieldsNotice).toMatch(/Choose Using Fields Below or Using JSON instead\.$/);
		},
	);

	it('shows the message of Portable if a request fails', async () => {
		const wrong = { portableApi: { baseUrl: portable.url, token: 'wrong-token-0815' } };
		const parameters = { sourceSpec: 'x' };
		await expect(
			callMethod('portable', 'resourceMapping.sourceForm', { credentials: wrong, parameters }),
		).rejects.toMatchObject({ message: 'Unauthorized', httpCode: '401' });
	});
});

describe('the list of specs', () => {
	it.each([
		[{}, 'Freshsales (freshsales)', 'Google Calendar (google_calendar)'],
		[{ specAsText: true }, 'freshsales', 'google_calendar'],
	])('has each spec once, and finds it by a part of its name: %j', async (dialect, ...names) => {
		for (const spec of ['google_calendar', 'freshsales', 'google_calendar']) await seed(spec);
		portable.dialect(dialect);
		const { results, paginationToken } = await listOf('searchSourceSpecs');
		expect(results).toEqual([
			{ name: names[0], value: 'freshsales' },
			{ name: names[1], value: 'google_calendar' },
		]);
		expect(paginationToken).toBeUndefined();
		const found = await listOf('searchSourceSpecs', ' CALENDAR ');
		expect(found.results.map(({ value }) => value)).toEqual(['google_calendar']);
		expect((await listOf('searchSourceSpecs', 'nothing')).results).toEqual([]);
	});

	it('returns long lists page by page, each row once', async () => {
		await seed('freshsales');
		const [one] = portable.truth.sources;
		if (!one) throw new Error('There is no source');
		for (let index = 0; index < 249; index++) {
			const spec = { ...one.spec, name: `spec_${index}`, displayName: `Spec ${index}` };
			portable.truth.sources.push({ ...one, id: 90_000 + index, spec });
		}
		for (const method of ['searchSourceSpecs', 'searchSources']) {
			const rows: unknown[] = [];
			const sizes: number[] = [];
			let token: unknown = undefined;
			do {
				const args = typeof token === 'string' ? ['', token] : [];
				const { results, paginationToken } = await listOf(method, ...args);
				rows.push(...results.map(({ value }) => value));
				sizes.push(results.length);
				token = paginationToken;
			} while (token !== undefined);
			expect(sizes).toEqual([100, 100, 50]);
			expect(new Set(rows).size).toBe(250);
		}
	});

	it('is loaded when it is opened, not for each letter that is typed', async () => {
		await seed('freshsales');
		portable.requests.length = 0;
		await listOf('searchSources');
		for (const filter of ['f', 'fr', 'fre']) await listOf('searchSources', filter);
		expect(portable.requests).toHaveLength(1);
		await listOf('searchSources');
		expect(portable.requests).toHaveLength(2);
	});

	it('has specs of destinations separate from those of sources', async () => {
		await seed('freshsales');
		await seed('bigquery', {}, 'destination');
		const { results } = await listOf('searchDestinationSpecs');
		expect(results).toEqual([{ name: 'BigQuery (bigquery)', value: 'bigquery' }]);
	});

	it('explains what to do if there is no spec or no list', async () => {
		await expect(listOf('searchSourceSpecs')).rejects.toThrow(
			'The account has no source with a spec to list. Choose By Name and enter the spec.',
		);
		portable.dialect({ noLists: true });
		await expect(listOf('searchDestinationSpecs')).rejects.toThrow(
			/^Portable does not offer a list of destinations, .* Choose By Name and enter the spec\.$/,
		);
		await expect(listOf('searchFlows')).rejects.toThrow(
			'Portable does not offer a list of flows. Enter the ID.',
		);
	});

	it.each([
		['By Name', byName(' google_calendar ')],
		['By Name, with an expression', byName('={{ $json.spec }}')],
		['From List', fromList('google_calendar')],
		['plain text', 'google_calendar'],
		['an expression in place of it', '={{ $json.spec }}'],
	])('is read from %s', async (_mode, sourceSpec) => {
		const { error } = await run(
			[
				start([{ spec: 'google_calendar' }]),
				node({ sourceSpec, specifyProperties: 'fields', properties: {} }),
			],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(posts().map(({ body }) => body)).toEqual(['{"sourceSpec":"google_calendar"}']);
	});
});
