import { asOperationError, OperationError } from '../../../engine/errors';
import type { DigaApi } from '../../api/DigaApi';
import type { FlowStatus } from '../../api/flowEndpoints';
import type { DigaFlow } from '../../api/resource';

/**
 * Sets the status of a flow and checks it, because Diga accepts the request for a flow that was never published and
 * does nothing. Reads the flow if the response does not show the status.
 * https://docs.diga.io/api-reference/workflows/change-flow-status
 */
export async function setStatus(api: DigaApi, flow: string, wanted: FlowStatus): Promise<DigaFlow> {
	const answer = await api.flows.setStatus(flow, wanted).catch(asOperationError);
	if (answer instanceof OperationError && !answer.details.outcomeUnknown) throw answer;
	const read = async () => await api.flows.get(flow).catch(asOperationError);
	for (const load of [() => answer, read]) {
		const found = await load();
		if (found instanceof OperationError) continue;
		const { status } = found;
		if (status === wanted) return found;
		if (typeof status === 'string') throw otherStatusError(flow, wanted, status);
	}
	const error = answer instanceof OperationError ? answer : unknownStatusError(flow);
	throw error.withDescription(
		`The flow may be ${wanted} anyway. You can run this again: setting a status twice does no harm.`,
	);
}

function otherStatusError(flow: string, wanted: FlowStatus, status: string): OperationError {
	return new OperationError(
		`The flow ${flow} is still ${status}: Diga accepted the request but did not set ${wanted}`,
		{
			fromService: true,
			description:
				'Publish the flow first. The status of a flow without a published version cannot change.',
		},
	);
}

function unknownStatusError(flow: string): OperationError {
	return new OperationError(
		`Diga accepted the request but does not show the status of the flow ${flow}`,
		{ fromService: true, outcomeUnknown: true },
	);
}
