/** The states of a service's runs that are known. */
export interface RunStates {
	inProgress: readonly string[];
	ended: readonly string[];
}

/** What a run shows beside its state. */
export interface EndSigns {
	/** It says when or how it ended. */
	hasEnd: boolean;
	/** Nothing has changed for so long that it hardly goes on. */
	isStill?: boolean;
}

const SOUNDS_ONGOING = /(ing|progress|started|queued|paused|scheduled|suspended)$/i;

/**
 * Whether a run is over. A service may add states: one that is not known here is an end when the run says that it
 * has ended, or has not changed for long under a name that does not speak of going on. Else it is not taken for one.
 */
export function isEnded(
	state: unknown,
	{ inProgress: runsInProgress, ended }: RunStates,
	{ hasEnd, isStill = false }: EndSigns,
): boolean {
	const name = typeof state === 'string' ? state : '';
	if (runsInProgress.includes(name)) return false;
	return ended.includes(name) || hasEnd || (isStill && name !== '' && !SOUNDS_ONGOING.test(name));
}
