import { OperationError } from '../../engine/errors';
import type { DigaApi } from '../api/DigaApi';
import type { Publication } from '../api/agentEndpoints';
import type { PhoneRole } from '../api/phoneEndpoints';
import type { DigaAgent } from '../api/resource';
import { nameOf } from './differences';

const DIRECTIONS = { inbound_agent_id: 'inbound', outbound_agent_id: 'outbound' } as const;

/** The only number of an agent in a direction. @throws OperationError if there may be several */
async function phoneOf(
	api: DigaApi,
	agent: DigaAgent,
	role: PhoneRole,
): Promise<string | undefined> {
	const { results, incomplete } = await api.phones.ofAgent(agent.agent_id, role);
	const [phone, ...others] = results;
	if (others.length === 0 && incomplete === undefined) return phone?.id;
	throw new OperationError(
		`The agent ${nameOf(agent)} may have several ${DIRECTIONS[role]} phone numbers, so it was not published`,
		{
			fromService: true,
			description:
				"Diga's API publishes an agent with one number for each direction, so the others could be lost. Publish the agent in Diga.",
		},
	);
}

/** The current numbers of an agent. Publishing without them may take them from the agent. */
export async function currentPhones(
	api: DigaApi,
	agent: DigaAgent,
): Promise<Omit<Publication, 'version_id'>> {
	return {
		inbound_phone_number_id: await phoneOf(api, agent, 'inbound_agent_id'),
		outbound_phone_number_id: await phoneOf(api, agent, 'outbound_agent_id'),
	};
}
