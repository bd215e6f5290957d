/** The known states of a service's runs. */
export interface RunStates {
	inProgress: readonly string[];
	ended: readonly string[];
}

/** What a run shows besides its state. */
export interface EndSigns {
	/** The run has an end time or a result. */
	hasEnd: boolean;
	/** The run has not changed for a long time, so it is probably over. */
	isStill?: boolean;
}

const SOUNDS_ONGOING = /(ing|progress|started|queued|paused|scheduled|suspended)$/i;

/**
 * Whether a run is over. A service may add states. A run in an unknown state is over if it has an end time or a result,
 * or if it has not changed for long and the name of the state does not suggest progress.
 */
export function isEnded(
	state: unknown,
	{ inProgress, ended }: RunStates,
	{ hasEnd, isStill = false }: EndSigns,
): boolean {
	const name = typeof state === 'string' ? state : '';
	if (inProgress.includes(name)) return false;
	return ended.includes(name) || hasEnd || (isStill && name !== '' && !SOUNDS_ONGOING.test(name));
}
