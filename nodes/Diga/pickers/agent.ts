import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import { readCursorPages } from '../../engine/http/pagination';
import { locator } from '../../engine/input/locator';
import { listSearch, optionsMethod } from '../../engine/node/editor';
import { nonBlankText } from '../../engine/values';
import { digaApi } from '../api/definition';
import type { DigaApi } from '../api/DigaApi';
import type { DigaAgent } from '../api/resource';
import { readUuid } from '../model/uuid';
import { LIST_LIMIT } from './readAll';
import { siblingParameter } from './siblingParameter';

async function agentRows(api: DigaApi): Promise<INodeListSearchItems[]> {
	const agents = await readCursorPages<DigaAgent>({
		wanted: LIST_LIMIT,
		idOf: ({ agent_id: id }) => id,
		load: async (after) => await api.agents.list({ after }),
	});
	return agents.map(({ agent_id: id, name, mode }) => {
		const title = nonBlankText(name) ?? 'Unnamed';
		return {
			name: `${title}${mode === 'path' ? ' · conversational path' : ''} (${id})`,
			value: id,
		};
	});
}

/** A picker for an agent. It loads all agents, because Diga cannot search them. */
export const agentLocator = locator('Agent', {
	name: 'agent',
	search: listSearch('searchAgents', digaApi, agentRows),
	placeholder: 'e.g. 7d9f2c1a-0000-4000-8000-000000000001',
});

/** The agents of the project, for a field with multiple selection. */
export const getAgents = optionsMethod(digaApi, agentRows);

/** A version as a row, e.g. `v3 · published · With summary`. Undefined for the draft. */
function versionRow(version: IDataObject): INodeListSearchItems | undefined {
	if (version.is_draft === true) return undefined;
	const value = nonBlankText(version.version_id);
	if (value === undefined) return undefined;
	const { version_number: number, version_name: title, is_published: isPublished } = version;
	const parts = [
		typeof number === 'number' ? `v${number}` : value,
		isPublished === true && 'published',
		nonBlankText(title),
	];
	return { name: parts.filter(Boolean).join(' · '), value };
}

/** The versions of the chosen agent, without its draft. */
const searchVersions = listSearch('searchAgentVersions', digaApi, async (api, context) => {
	const chosen = siblingParameter(context, 'agent');
	if (chosen === undefined) throw inputError('Select an agent first, or choose By ID');
	const versions = await api.agents.listVersions(readUuid(chosen, 'Agent', 'agent'));
	return versions.flatMap((version) => versionRow(version) ?? []);
});

export const versionLocator = locator('Agent Version', {
	name: 'agentVersion',
	search: searchVersions,
	what: 'version',
	placeholder: 'e.g. 3b0c5d7e-0000-4000-8000-000000000001',
});
