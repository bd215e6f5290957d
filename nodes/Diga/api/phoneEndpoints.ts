import { readCursorList } from '../../engine/http/pagination';
import type { ReadList } from '../../engine/http/pagination';
import { pageQuery, readPage } from './pages';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import type { DigaResource } from './resource';

/** The agent that answers the calls to a number, or dials from it. */
export type PhoneRole = 'inbound_agent_id' | 'outbound_agent_id';

/** Diga's maximum. */
const PAGE_SIZE = 100;

/** Phone numbers: https://docs.diga.io/api-reference/openapi.json */
export class PhoneEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** Lists the phone numbers of an agent. */
	async ofAgent(agent: string, role: PhoneRole): Promise<ReadList<DigaResource>> {
		const { results, incomplete } = await readCursorList<DigaResource>({
			wanted: Infinity,
			idOf: ({ id }) => id,
			load: async (after) => {
				const query = { ...pageQuery({ [role]: agent, after }), limit: PAGE_SIZE };
				return readPage(await this.requests.read(paths.phones(), query), after);
			},
		});
		// in case the filter is ignored; a member that is not shown does not contradict it
		const own = results.filter(({ [role]: shown }) => shown === undefined || shown === agent);
		return { results: own, incomplete };
	}
}
