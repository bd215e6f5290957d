import * as appflow from '../../../nodes/AmazonAppFlow/api/execution.ts';
import * as portable from '../../../nodes/Portable/api/attempt.ts';

const DONE = '2026-01-01T00:00:00Z';

describe('a run attempt of Portable', () => {
	it.each([
		// lifecycle, disposition, completedAt: whether it is over and has succeeded, and its state in texts
		['RUNNING', 'NONE', null, false, false, 'RUNNING'],
		['pending', 'none', null, false, false, 'pending'],
		['NOT_RUNNING', 'SUCCEEDED', DONE, true, true, 'SUCCEEDED'],
		['not_running', 'failed', null, true, false, 'failed'],
		['NOT_RUNNING', 'NONE', null, true, false, 'NONE'],
		['NOT_RUNNING', null, DONE, true, false, 'unknown'],
		['NOT_RUNNING', undefined, DONE, true, false, 'unknown'],
		['NOT_RUNNING', 'PARTIAL', DONE, true, false, 'PARTIAL'],
		[undefined, undefined, undefined, false, false, 'unknown'],
		[null, 'NONE', null, false, false, 'unknown'],
		['PAUSED', 'NONE', null, false, false, 'PAUSED'],
		// an unknown state of a run with a completion time
		['CANCELED', 'NONE', DONE, true, false, 'NONE'],
		[null, 'SUCCEEDED', '2026‐01‐01T00:00:00Z', true, true, 'SUCCEEDED'],
		['RUNNING', 'NONE', DONE, false, false, 'RUNNING'],
		['PAUSED', 'NONE', 'soon', false, false, 'PAUSED'],
	])('%s, %s, %s', (lifecycle, disposition, completedAt, isOver, hasSucceeded, shown) => {
		const attempt = { lifecycle, disposition, completedAt };
		expect(portable.isOver(attempt)).toBe(isOver);
		expect(portable.hasSucceeded(attempt)).toBe(hasSucceeded);
		expect(portable.stateOf(attempt)).toBe(shown);
	});
});

describe('a run of Amazon AppFlow', () => {
	it.each([
		['InProgress', false, false],
		['CancelStarted', false, false],
		['Successful', true, true],
		['Error', true, false],
		['Canceled', true, false],
		['CancelStopped', false, false],
		['successful', false, false],
		['', false, false],
		[null, false, false],
		[undefined, false, false],
	])('%s', (executionStatus, isOver, hasSucceeded) => {
		expect(appflow.isOver({ executionStatus })).toBe(isOver);
		expect(appflow.hasSucceeded({ executionStatus })).toBe(hasSucceeded);
	});
});
