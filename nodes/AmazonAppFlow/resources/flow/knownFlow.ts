import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../../engine/errors';
import { isObject, quoted } from '../../../engine/values';

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_TriggerConfig.html */
const TRIGGERS = ['OnDemand', 'Scheduled', 'Event'];

/**
 * A DescribeFlow response that identifies the flow. AWS's model requires no member of the response.
 * @throws OperationError if the response does not identify the flow
 */
export function knownFlow(flow: IDataObject, name: string): IDataObject {
	if (flow.flowName === name || typeof flow.flowArn === 'string') return flow;
	throw new OperationError(`Amazon AppFlow returned a response without the flow "${name}"`, {
		fromService: true,
	});
}

/**
 * The trigger type of a flow.
 * @throws OperationError if it is missing or unknown
 */
function triggerTypeOf({ triggerConfig }: IDataObject): string {
	const { triggerType } = isObject(triggerConfig) ? triggerConfig : {};
	if (typeof triggerType === 'string' && TRIGGERS.includes(triggerType)) return triggerType;
	throw new OperationError(
		`Amazon AppFlow returned an unknown trigger type of the flow: ${quoted(triggerType)}; nothing was changed`,
		{ fromService: true },
	);
}

/**
 * Whether a flow must be activated to run: true unless it runs on demand.
 * @throws OperationError if the trigger type is missing or unknown
 */
export function needsActivation(flow: IDataObject): boolean {
	return triggerTypeOf(flow) !== 'OnDemand';
}
