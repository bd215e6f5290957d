import type { IDataObject } from 'n8n-workflow';
import { isEnded } from '../../engine/trigger/runEnd';
import type { RunStates } from '../../engine/trigger/runEnd';

// All statuses: https://docs.diga.io/api-reference/openapi.json, CallStatus.

export const CALL_STATUSES_IN_PROGRESS = ['dialing', 'in_queue', 'in_progress'];

const STATES: RunStates = { inProgress: CALL_STATUSES_IN_PROGRESS, ended: ['completed'] };

/** Whether a call has ended, in any way. */
export function isCallOver({ status, end_time: endTime }: IDataObject): boolean {
	return isEnded(status, STATES, { hasEnd: typeof endTime === 'string' });
}
