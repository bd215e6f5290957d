import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { events } from './alarmFields';
import { pollDeactivated } from './deactivated';
import { pollOverdue } from './overdue';
import { pollRuns } from './pollingTrigger';
import type { RunTrigger } from './runTrigger';

/**
 * Runs one poll for the event in Trigger On. Workflows without that parameter were made before there was a choice:
 * they start for finished runs.
 * @returns null if there is nothing to report
 * @throws NodeApiError or NodeOperationError
 */
export async function pollEvent<Api, R extends IDataObject>(
	context: IPollFunctions,
	trigger: RunTrigger<Api, R>,
): Promise<INodeExecutionData[][] | null> {
	switch (context.getNodeParameter('event', events.finished)) {
		case events.overdue:
			return await pollOverdue(context, trigger);
		case events.deactivated:
			return await pollDeactivated(context, trigger);
		default:
			return await pollRuns(context, trigger);
	}
}

/** The subtitle of a trigger node. @param runs the plural of a run, in lower case */
export function subtitleOf(runs: string): string {
	return `={{ { ${events.overdue}: "no successful run", ${events.deactivated}: "deactivated flows", callFinished: "calls" }[$parameter["event"]] || "${runs}: " + $parameter["outcome"] }}`;
}
