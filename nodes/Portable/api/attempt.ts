import type { IDataObject } from 'n8n-workflow';
import { compareIds } from '../../engine/ids';
import type { ResourceId } from '../../engine/ids';
import { isEnded } from '../../engine/trigger/runEnd';
import type { RunStates } from '../../engine/trigger/runEnd';
import { timeMs } from './resource';

/** Upper case in the schema, lower case in most examples: https://developer.portable.io/api-reference/flows/get-flow-run-attempts */
const STATES: RunStates = { inProgress: ['PENDING', 'RUNNING'], ended: ['NOT_RUNNING'] };

/** Whether a run has ended. A canceled run has no outcome. */
export function isOver(attempt: IDataObject): boolean {
	const { lifecycle, completedAt } = attempt;
	const hasEnd = timeMs(completedAt) !== undefined || hasSucceeded(attempt) || hasFailed(attempt);
	return isEnded(typeof lifecycle === 'string' ? lifecycle.toUpperCase() : '', STATES, { hasEnd });
}

export function hasSucceeded({ disposition }: IDataObject): boolean {
	return typeof disposition === 'string' && disposition.toUpperCase() === 'SUCCEEDED';
}

/** A canceled run has neither succeeded nor failed. */
export function hasFailed({ disposition }: IDataObject): boolean {
	return typeof disposition === 'string' && disposition.toUpperCase() === 'FAILED';
}

export function isScheduled({ trigger }: IDataObject): boolean {
	return typeof trigger === 'string' && trigger.toLowerCase() === 'scheduled';
}

/** The errors of a run and of its resources. A list may be null, empty or absent. */
export function errorsOf({ errors, resources }: IDataObject): string[] {
	const own = Array.isArray(errors) ? errors : [];
	const parts = Array.isArray(resources) ? resources : [];
	const ofParts = parts.flatMap((part: unknown) => {
		const { name, errors: texts } = (part ?? {}) as { name?: unknown; errors?: unknown };
		return Array.isArray(texts) ? texts.map((text) => `${String(name)}: ${String(text)}`) : [];
	});
	return [...own.map(String), ...ofParts];
}

/** The latest attempt of a list in any order. */
export function newestOf<Attempt extends { id: ResourceId }>(
	attempts: Attempt[],
): Attempt | undefined {
	return attempts.reduce<Attempt | undefined>(
		(newest, attempt) => (newest && compareIds(newest.id, attempt.id) > 0 ? newest : attempt),
		undefined,
	);
}

/** The state of a run, or its outcome if it has ended, for messages. */
export function stateOf(attempt: IDataObject): string {
	const { lifecycle, disposition } = attempt;
	const text = isOver(attempt) ? disposition : lifecycle;
	return typeof text === 'string' && text !== '' ? text : 'unknown';
}
