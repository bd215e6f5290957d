import type { Goal } from './goals.ts';

/** What an operation costs in an account of a size. */
export interface AccountFigures {
	operation: string;
	/** The number of flows in the account. */
	size: number;
	requests: number;
	/** How much more memory was in use at most while it ran, and after it, in MB. */
	peakMb: number;
	keptMb: number;
}

/** The operations whose requests must be the same for every size. */
export const CREATE = 'Create Another';
export const KNOWN = 'Use the Existing One, known names';
export const OPENED = 'List in the editor';

/** The goals for the number of requests by account size. */
export function accountGoals(figures: AccountFigures[]): Goal[] {
	const most = (operation: string) =>
		Math.max(...figures.filter((one) => one.operation === operation).map((one) => one.requests));
	const goal = (operation: string, bound: number): Goal => ({
		what: `Requests of ${operation}, in an account of any size`,
		value: most(operation),
		bound,
		side: 'at most',
		unit: 'requests',
	});
	return [goal(CREATE, 2), goal(KNOWN, 2), goal(OPENED, 1)];
}
