import { DigaApi } from '../../../credentials/DigaApi.credentials.ts';
import { DigaConnectionValueApi } from '../../../credentials/DigaConnectionValueApi.credentials.ts';
import { diga } from '../../../nodes/Diga/service.ts';
import { fieldsOf } from '../../../nodes/engine/node/describe.ts';

describe('the Diga API credential', () => {
	const credential = new DigaApi();

	it('is tested by a request that needs a key, with a message about the permission if the key lacks it', () => {
		const { request, rules } = credential.test;
		expect(request).toEqual({
			url: '/v1/workflow/?limit=1',
			method: 'GET',
			disableFollowRedirect: true,
		});
		expect(rules).toContainEqual({
			type: 'responseCode',
			properties: { value: 403, message: expect.stringContaining('workflows.view') },
		});
	});

	it('sends the key only to its host', async () => {
		const data = { apiKey: ' Bearer key-1 ', baseUrl: 'https://api.diga.io/v1/' };
		const request = await credential.authenticate(data, { url: '/v1/workflow/?limit=1' });
		expect(request).toMatchObject({
			url: 'https://api.diga.io/v1/workflow/?limit=1',
			headers: { Authorization: 'Bearer key-1' },
			sendCredentialsOnCrossOriginRedirect: false,
		});
		const elsewhere = { url: 'https://elsewhere.example/v1/workflow/' };
		await expect(credential.authenticate(data, elsewhere)).rejects.toThrow('is not sent to');
	});

	it('hides the key', () => {
		const [apiKey] = credential.properties;
		expect(apiKey).toMatchObject({ name: 'apiKey', typeOptions: { password: true } });
	});
});

describe('the Diga Connection Value API credential', () => {
	it('hides the secret', () => {
		const [value] = new DigaConnectionValueApi().properties;
		expect(value).toMatchObject({ name: 'secretValue', typeOptions: { password: true } });
	});
});

describe('how long a request may take', () => {
	const defaults = Object.fromEntries(
		diga.resources.flatMap(({ value: resource, operations }) =>
			operations.map((operation) => {
				const options = fieldsOf(operation).at(-1)?.options ?? [];
				const timeout = options.find(({ name }) => name === 'requestTimeout');
				const seconds = timeout && 'default' in timeout ? timeout.default : undefined;
				return [`${resource} ${operation.value}`, seconds];
			}),
		),
	);

	it("is above Diga's limits for tests: 90 s for a step, 120 s for a flow", () => {
		expect(defaults['step test']).toBeGreaterThan(90);
		expect(defaults['flow test']).toBeGreaterThan(120);
		expect(defaults['trigger test']).toBeGreaterThan(90);
		expect(defaults['flow get']).toBe(60);
	});

	it('operations with real effects say so', () => {
		const tests = diga.resources.flatMap(({ operations }) =>
			operations.filter(({ value }) => value === 'test'),
		);
		expect(tests.map(({ description }) => description.includes('real '))).toEqual([
			true,
			true,
			true,
		]);
	});
});
