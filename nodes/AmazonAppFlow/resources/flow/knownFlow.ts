import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../../engine/errors';
import { isObject, quoted } from '../../../engine/values';

/** The triggers that AppFlow documents. */
const TRIGGERS = ['OnDemand', 'Scheduled', 'Event'];

/**
 * An answer to DescribeFlow that says of which flow it is. None of its members is required by AWS's model.
 * @throws Fault when it does not say so
 */
export function knownFlow(flow: IDataObject, name: string): IDataObject {
	if (flow.flowName === name || typeof flow.flowArn === 'string') return flow;
	throw new OperationError(`Amazon AppFlow answered without the flow "${name}"`, {
		fromService: true,
	});
}

/**
 * How a flow is triggered.
 * @throws Fault when AppFlow does not say, or says what is not known here: nothing is done on a guess
 */
export function triggerTypeOf({ triggerConfig }: IDataObject): string {
	const { triggerType } = isObject(triggerConfig) ? triggerConfig : {};
	if (typeof triggerType === 'string' && TRIGGERS.includes(triggerType)) return triggerType;
	throw new OperationError(
		`Amazon AppFlow does not say how the flow is triggered, but answers ${quoted(triggerType)}; nothing was changed`,
		{ fromService: true },
	);
}

/** Whether a flow runs by itself once it is activated. @throws Fault as {@link triggerTypeOf} does */
export function needsActivation(flow: IDataObject): boolean {
	return triggerTypeOf(flow) !== 'OnDemand';
}
