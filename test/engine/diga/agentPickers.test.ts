// The pickers for agents and their versions.
import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { callMethod } from '../harness.ts';
import { agentOf, RECEPTION, SALES, SURVEY } from './agentCase.ts';
import { credentials, diga, requestLines } from './case.ts';

const listOf = async (method: string, parameters: INodeParameters = {}) =>
	(
		await callMethod<INodeListSearchResult>('diga', `listSearch.${method}`, {
			credentials: credentials(),
			parameters,
		})
	).results.map(({ name, value }) => [name, value]);

const agents = [
	[`Reception (${RECEPTION})`, RECEPTION],
	[`Sales (${SALES})`, SALES],
	[`Survey · conversational path (${SURVEY})`, SURVEY],
];

it('list all agents, and mark those of conversational paths', async () => {
	expect(await listOf('searchAgents')).toEqual(agents);
	const options = await callMethod('diga', 'loadOptions.getAgents', { credentials: credentials() });
	expect(options).toEqual(agents.map(([name, value]) => ({ name, value })));
	expect(requestLines()).toEqual(['GET /v1/agent/?limit=100', 'GET /v1/agent/?limit=100']);
});

it('list the agents of all pages', async () => {
	for (let number = 0; number < 120; number++) diga.agents.add(`Agent ${number}`);
	const options = await callMethod('diga', 'loadOptions.getAgents', { credentials: credentials() });
	expect(options).toHaveLength(123);
	expect(requestLines()).toHaveLength(2);
});

it('list the versions of the chosen agent only, by its ID in any spelling', async () => {
	const version = diga.agents.launch(agentOf(SALES), { name: 'Sales only' });
	const agent = ` https://app.diga.io/agents/${SALES.toUpperCase()} `;
	expect(await listOf('searchAgentVersions', { agent })).toContainEqual([
		'v2 · Sales only',
		version.version_id,
	]);
	expect(await listOf('searchAgentVersions', { agent: RECEPTION })).toEqual([
		['v1 · published', agentOf().versions[0]?.version_id],
	]);
});

it('show an error if Diga does not list the versions of the agent', async () => {
	const path = '/v1/agent/versions-dropdown/dashboard';
	const others = JSON.stringify([{ agent_id: SALES, versions: [] }]);
	const unclear = JSON.stringify([{ agent_id: RECEPTION, versions: null }]);
	for (const body of ['[]', others, unclear]) {
		diga.misbehave({ path, kind: 'answer', status: 200, body });
		await expect(listOf('searchAgentVersions', { agent: RECEPTION })).rejects.toThrow(
			`Diga does not list the versions of the agent ${RECEPTION}`,
		);
	}
});

it('list the versions of the chosen agent, without its draft', async () => {
	const [first] = agentOf().versions;
	const second = diga.agents.launch(agentOf(), { name: 'With summary' });
	expect(await listOf('searchAgentVersions', { agent: RECEPTION })).toEqual([
		['v1 · published', first?.version_id],
		['v2 · With summary', second.version_id],
	]);
	await expect(listOf('searchAgentVersions')).rejects.toThrow(
		'Select an agent first, or choose By ID',
	);
});
