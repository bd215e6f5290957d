import { Fault } from '../engine/fault';
import type { DigaApi, DigaFlow, flowStatuses } from './DigaApi';

/**
 * Sets the status, and makes sure that it was set: on a flow that was never published Diga answers well,
 * and changes nothing.
 */
export async function setStatus(
	api: DigaApi,
	flow: string,
	wanted: (typeof flowStatuses)[number],
): Promise<DigaFlow> {
	const answer = await api.setFlowStatus(flow, wanted);
	if (answer.status === wanted) return answer;
	const { status } = answer;
	const found =
		typeof status === 'string' ? `left it ${status}` : 'did not say which status it has';
	throw new Fault(`The flow ${flow} is not ${wanted}: Diga took the request, and ${found}`, {
		asked: true,
		description:
			'Publish the flow first: the status of a flow that was never published cannot be changed.',
	});
}
