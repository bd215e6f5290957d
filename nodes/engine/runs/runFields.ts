import type { INodeProperties } from 'n8n-workflow';

/** The field of every operation that starts a run. */
export const waitForCompletion: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to wait until the run finishes and output its result, instead of the started run',
};

/** The same field of an operation that reads a run. */
export const waitForKnownRun: INodeProperties = {
	...waitForCompletion,
	description:
		'Whether to wait until the run finishes and output its result, instead of its current state',
};

const cancelOnTimeout: INodeProperties = {
	displayName: 'Cancel on Timeout',
	name: 'cancelOnTimeout',
	type: 'boolean',
	default: false,
	description: 'Whether to cancel the run if it does not finish before the timeout',
};

const ifAlreadyRunning: INodeProperties = {
	displayName: 'If Already Running',
	name: 'ifAlreadyRunning',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Start nothing and fail this item' },
		{
			name: 'Skip',
			value: 'skip',
			description: 'Start nothing and output the current run',
		},
		{
			name: 'Use That Run',
			value: 'use',
			description: 'Use the current run, waiting if Wait for Completion is on',
		},
	],
	default: 'fail',
	description: 'What to do if the flow is already running. It can have only one run at a time.',
};

/** The options of every wait for a run that cannot be canceled. `followRun` reads them. */
export const waitOptions: INodeProperties[] = [
	{
		displayName: 'Fail When the Run Fails',
		name: 'failWhenTheRunFails',
		type: 'boolean',
		default: true,
		description: 'Whether the item fails if its run does not succeed',
	},
	{
		displayName: 'Poll Interval (Seconds)',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600 },
		default: 10,
		description: 'How often to check whether the run has finished',
	},
	{
		displayName: 'Timeout (Minutes)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 0.01, maxValue: 1440 },
		default: 60,
		description: 'How long to wait for the run to finish',
	},
];

/** The options of every wait for a run. */
export const followOptions: INodeProperties[] = [cancelOnTimeout, ...waitOptions];

/** The options that start a failed run again. */
const retryOptions: INodeProperties[] = [
	{
		displayName: 'Retry Failed Run (Times)',
		name: 'retryFailedRun',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 0 },
		default: 0,
		description:
			'How often to start the flow again if its run fails. Requires Wait for Completion. A canceled run is not retried. The output is the last run.',
	},
	{
		displayName: 'Retry Failed Run Backoff (Seconds)',
		name: 'retryFailedRunBackoff',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3600 },
		default: 30,
		description:
			'How long to wait before the first retry. Each further wait is twice as long, up to one hour.',
	},
];

/** The options of every operation that starts a run. `startRun` reads them. */
export const runOptions: INodeProperties[] = [...followOptions, ifAlreadyRunning, ...retryOptions];
