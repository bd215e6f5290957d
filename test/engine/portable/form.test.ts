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

/** Lets something exist that tells what its spec asks for. */
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

/** The form of the spec with all types, as the editor stores it: what is not given is null, or removed. */
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

/** What the spec requires. */
const needed = { title: 'A', api_key: 'k' };

describe('the form: what is sent', () => {
	beforeEach(async () => {
		await seed('everything');
	});

	it('sends each type as such', async () => {
		const { error } = await create(
			await filled({
				...needed,
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
			...needed,
			notes: 'two\nlines',
			limit: 12.5,
			live: false,
			since: '2026-12-31',
			until: '2026-12-31T17:00:00.000Z',
			daily_at: '06:30',
		});
	});

	it('sends only what was set: no null, no empty text, no switch that was not added', async () => {
		const { error } = await create(await filled({ ...needed, notes: '', limit: '={{ "" }}' }));
		expect(error).toBeUndefined();
		expect(sent()).toEqual(needed);
		const form = await filled({ ...needed, live: true });
		const schema = form.schema.map((field) => ({ ...field, removed: field.id === 'live' }));
		await create({ ...form, schema });
		expect(sent()).toEqual(needed);
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
		const { error } = await create(await filled({ ...needed, [name]: expression }));
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ ...needed, [name]: value });
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
	])('refuses %s from %s before anything is sent', async (name, expression, message) => {
		const { error } = await create(await filled({ ...needed, [name]: expression }));
		expect(error?.message).toMatch(message);
		expect(portable.requests).toHaveLength(0);
	});

	it.each([
		['title', 'Properties: "Title" is empty, but the spec requires it [Item 0]'],
		['api_key', /^Properties: "API Key \(secret: .*\)" is empty, but the spec requires it/],
	])('refuses by name when %s is missing, before anything is sent', async (name, message) => {
		const { error } = await create(await filled({ ...needed, [name]: '={{ "" }}' }));
		expect(error?.message).toMatch(message);
		expect(portable.requests).toHaveLength(0);
	});

	it('is content when the secret credential has what is required', async () => {
		const { error } = await create(await filled({ title: 'A' }), { addSecretProperties: true });
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ title: 'A', api_key: 'S3CRET' });
	});

	it('takes from the item what the form knows, and nothing that it only inherits', async () => {
		const { schema } = await filled({});
		const { error } = await create(
			{ mappingMode: 'autoMapInputData', value: null, schema },
			{ item: { ...needed, limit: 3, live: true, since: null, other: 'not asked for' } },
		);
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ ...needed, limit: 3, live: true });
	});

	it('does not take from the item when it does not know what', async () => {
		const { error } = await create({ mappingMode: 'autoMapInputData', value: null, schema: [] });
		expect(error?.message).toBe(
			'Properties (Form) does not know which fields of the item to take [Item 0]',
		);
		expect(portable.requests).toHaveLength(0);
	});

	it('P6: __proto__ and constructor are data like any other', async () => {
		const { schema: whole } = await filled({});
		// n8n itself looks for what is required, and finds nothing in an expression
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

	it('never runs a label of Portable as an expression', async () => {
		const form = await filled({ title: 'A', api_key: 'k', limit: '={{ "x" }}' });
		const schema = form.schema.map((field) => ({ ...field, displayName: '={{ 6 * 7 }}' }));
		const { error } = await create({ ...form, schema });
		expect(error?.message).toContain('"={{ 6 * 7 }}" must be a number');
	});

	it('takes the values as they are where a workflow was written by hand, without a schema', async () => {
		const value = { title: 'A', limit: 3, live: null, notes: '={{ $json.notes }}' };
		const { error } = await create(
			{ mappingMode: 'defineBelow', value, schema: [] },
			{ item: { notes: 'x' } },
		);
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ title: 'A', limit: 3, notes: 'x' });
	});

	it('refuses what is no form', async () => {
		const { error } = await create('title: A');
		expect(error?.message).toContain('Properties (Form) must be filled in as a form');
		expect(portable.requests).toHaveLength(0);
	});
});

describe('the form of a source that there is', () => {
	it.each([
		['its own form', 'sourceChangeForm'],
		['a form that is left from creating one', 'sourceForm'],
	])('sends only what was set, and requires nothing: %s', async (_form, method) => {
		const id = await seed('everything', needed);
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

	it('refuses to update nothing', async () => {
		const id = await seed('everything', needed);
		const propertiesForm = await filled({}, 'sourceChangeForm', { source: byId(id) });
		portable.requests.length = 0;
		const { error } = await run(
			[start(), node({ operation: 'update', source: byId(id), propertiesForm })],
			credentials(),
		);
		expect(error?.message).toContain('There is nothing to update');
		expect(portable.requests).toHaveLength(0);
	});
});

describe('the form: its fields', () => {
	const look = ({ fields }: ResourceMapperFields) =>
		Object.fromEntries(
			fields.map(({ id, displayName, type, required, removed }: ResourceMapperField) => [
				id,
				[displayName, type, required, removed],
			]),
		);
	const secret = 'API Key (secret: better from the Secret Properties credential)';
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

	it.each([{}, { lowerCase: true }])('has every type (traps 3, 24): %j', async (dialect) => {
		await seed('everything', needed);
		portable.dialect(dialect);
		for (const sourceSpec of [byName(' everything '), fromList('everything'), 'everything']) {
			const form = await formOf('sourceForm', { sourceSpec });
			expect(look(form)).toEqual(all);
			expect(form.emptyFieldsNotice).toBeUndefined();
		}
	});

	it('leaves it to the node what is required when a credential may have it', async () => {
		await seed('everything');
		const form = await formOf('sourceForm', {
			sourceSpec: 'everything',
			addSecretProperties: true,
		});
		expect(look(form)).toEqual({ ...all, title: ['Title', 'string', false, false] });
	});

	it('has those of a destination', async () => {
		await seed('snowflake', {}, 'destination');
		const form = await formOf('destinationForm', { destinationSpec: byName('snowflake') });
		expect(Object.keys(look(form))).toEqual(['account', 'port', 'use_ssl', 'password']);
		expect(look(form).use_ssl).toEqual(['use ssl', 'boolean', true, false]);
	});

	it.each([{}, { noGets: true }])('has those of the picked source: %j', async (dialect) => {
		const id = await seed('everything', needed);
		portable.dialect(dialect);
		const form = await formOf('sourceChangeForm', { source: byId(id) });
		expect(look(form)).toEqual({ ...all, title: ['Title', 'string', false, false] });
	});

	it('takes them from the described properties where the spec is a text (traps 1, 2)', async () => {
		const id = await seed('everything', { api_key: 'never shown' });
		portable.dialect({ specAsText: true, propertiesAsList: true });
		const form = await formOf('sourceForm', { sourceSpec: 'everything' });
		expect(look(form)).toEqual(all);
		expect(JSON.stringify(form)).not.toMatch(/never shown|\*{8}/);
		expect(Object.keys(look(await formOf('sourceChangeForm', { source: id })))).toHaveLength(9);
	});

	it.each<[string, string, INodeParameters, object, RegExp]>([
		['no spec', 'sourceForm', { sourceSpec: byName('') }, {}, /^Enter a spec first/],
		['an expression', 'sourceForm', { sourceSpec: byName('={{ $json.a }}') }, {}, /^Enter a spec/],
		['a spec not seen', 'sourceForm', { sourceSpec: 'freshsales' }, {}, /"freshsales" asks for/],
		['no definitions', 'sourceForm', { sourceSpec: 'undescribed' }, {}, /"undescribed" asks for/],
		['texts only', 'sourceForm', { sourceSpec: 'undescribed' }, { specAsText: true }, /asks for/],
		['no list', 'sourceForm', { sourceSpec: 'x' }, { noLists: true }, /did not offer a list/],
		['no source', 'sourceChangeForm', { source: byId('') }, {}, /^Pick a source first/],
		['an unknown source', 'sourceChangeForm', { source: byId(4711) }, {}, /has no source with/],
	])(
		'says why there is none, and what to do: %s',
		async (_case, method, parameters, dialect, why) => {
			await seed('undescribed');
			portable.dialect(dialect);
			const { fields, emptyFieldsNotice } = await formOf(method, parameters);
			expect(fields).toEqual([]);
			expect(emptyFieldsNotice).toMatch(why);
			expect(emptyFieldsNotice).toMatch(/Choose Using Fields Below or Using JSON instead\.$/);
		},
	);

	it('says what Portable says when it refuses', async () => {
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
	])('has each once, found by a part of its name (trap 1): %j', async (dialect, ...names) => {
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

	it('hands out long lists page by page, each row once', async () => {
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

	it('has those of destinations, apart from those of sources', async () => {
		await seed('freshsales');
		await seed('bigquery', {}, 'destination');
		const { results } = await listOf('searchDestinationSpecs');
		expect(results).toEqual([{ name: 'BigQuery (bigquery)', value: 'bigquery' }]);
	});

	it('says what to do when there is none, or no list', async () => {
		await expect(listOf('searchSourceSpecs')).rejects.toThrow(
			'The account has no source yet whose spec could be listed; choose By Name and enter the spec',
		);
		portable.dialect({ noLists: true });
		await expect(listOf('searchDestinationSpecs')).rejects.toThrow(
			/^Portable did not offer a list of destinations, .* choose By Name and enter the spec$/,
		);
		await expect(listOf('searchFlows')).rejects.toThrow(
			'Portable did not offer a list of flows; enter the ID',
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
