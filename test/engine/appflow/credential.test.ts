import { appflow, bodies, credentials } from './case.ts';
import { testCredential } from '../harness.ts';

const data = (more: Record<string, string> = {}) => credentials(more).amazonAppFlowApi ?? {};

it('is tested with a signed request for one flow', async () => {
	await testCredential('amazonAppFlowApi', data());
	expect(bodies('/list-flows')).toEqual([{ maxResults: 1 }]);
	await testCredential('amazonAppFlowApi', data(appflow.keys.temporary));
	expect(appflow.requests.map(({ status }) => status)).toEqual([200, 200]);
});

it.each<[Record<string, string>, number]>([
	[{ secretAccessKey: 'other' }, 403],
	[{ accessKeyId: 'AKIAOTHER' }, 403],
	[{ region: 'us-east-1' }, 403],
])('fails with %j', async (part, status) => {
	await expect(testCredential('amazonAppFlowApi', data(part))).rejects.toThrow();
	expect(appflow.requests.map((request) => request.status)).toContain(status);
});

it('is not sent if it is invalid', async () => {
	const wrong = data({ region: 'other', otherRegion: 'nowhere' });
	await expect(testCredential('amazonAppFlowApi', wrong)).rejects.toThrow(
		'The Region in the credential must have a format such as eu-west-1',
	);
	expect(appflow.requests).toHaveLength(0);
});
