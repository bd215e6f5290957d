import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { OperationError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import { agentId } from '../../agents/agentFields';
import type { DigaApi } from '../../api/DigaApi';
import { readUuid } from '../../model/uuid';
import { agentLocator, versionLocator } from '../../pickers/agent';

const which: INodeProperties = {
	displayName: 'Version',
	name: 'version',
	type: 'options',
	options: [
		{ name: 'Draft', value: 'draft', description: 'What you edit' },
		{ name: 'Published', value: 'published', description: 'The version that handles calls' },
		{ name: 'Specific', value: 'specific', description: 'A version that you choose' },
	],
	default: 'draft',
};

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get agent',
	description: 'Retrieve the draft, the published version or another version of an agent',
	fields: [
		agentLocator,
		which,
		...updateDisplayOptions({ show: { version: ['specific'] } }, [versionLocator]),
	],
	async execute({ api, parameters }) {
		const agent = agentId(parameters);
		const version = parameters.choice('version', ['draft', 'published', 'specific']);
		if (version === 'draft') return await api.agents.get(agent);
		if (version === 'specific') {
			const id = readUuid(parameters.requiredText('agentVersion'), 'Agent Version', 'version');
			return await api.agents.get(agent, { version_id: id });
		}
		const published = await api.agents.findPublished(agent);
		if (published) return published;
		throw new OperationError(`Diga shows no published version of the agent ${agent}`, {
			fromService: true,
			description: 'Check that the agent exists in the project of the API key, and is published.',
		});
	},
};
