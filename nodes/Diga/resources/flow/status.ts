import { asOperationError, OperationError } from '../../../engine/errors';
import type { DigaApi, DigaFlow, flowStatuses } from '../../api/DigaApi';

/**
 * Sets the status, and makes sure that it was set: on a flow that was never published Diga answers well,
 * and changes nothing. An answer that does not tell the status is settled by reading the flow.
 */
export async function setStatus(
	api: DigaApi,
	flow: string,
	wanted: (typeof flowStatuses)[number],
): Promise<DigaFlow> {
	const answer = await api.setFlowStatus(flow, wanted).catch(asOperationError);
	if (answer instanceof OperationError && !answer.details.outcomeUnknown) throw answer;
	for (const load of [() => answer, async () => await api.getFlow(flow).catch(asOperationError)]) {
		const found = await load();
		if (found instanceof OperationError) continue;
		const { status } = found;
		if (status === wanted) return found;
		if (typeof status === 'string') throw otherStatus(flow, wanted, status);
	}
	const unclear =
		answer instanceof OperationError
			? answer
			: new OperationError(
					`Diga took the request, and does not say which status the flow ${flow} has`,
					{
						fromService: true,
						outcomeUnknown: true,
					},
				);
	throw unclear.withDescription(
		`The flow may be ${wanted} all the same. Setting a status can be done again without harm.`,
	);
}

function otherStatus(flow: string, wanted: string, status: string): OperationError {
	return new OperationError(
		`The flow ${flow} is not ${wanted}: Diga took the request, and left it ${status}`,
		{
			fromService: true,
			description:
				'Publish the flow first: the status of a flow that was never published cannot be changed.',
		},
	);
}
