import type { Operation } from '../../../engine/operation';
import { agentId, readPublishOptions, versionName } from '../../agents/agentFields';
import { publishAgent, publishOtherChanges } from '../../agents/publication';
import type { DigaApi } from '../../api/DigaApi';
import { withAgentLock } from '../../model/locks';
import { agentLocator } from '../../pickers/agent';

export const publish: Operation<DigaApi> = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish agent',
	description:
		'Publish the draft of an agent as a new version, with the same phone numbers as before',
	fields: [agentLocator],
	options: [publishOtherChanges, versionName],
	async execute(context) {
		const agent = agentId(context.parameters);
		const how = readPublishOptions(context.parameters);
		return await withAgentLock(context, agent, async () => {
			return await publishAgent(context, await context.api.agents.get(agent), how);
		});
	},
};
