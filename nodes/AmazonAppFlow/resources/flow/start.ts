import { runOptions, waitForCompletion } from '../../../engine/runs/runFields';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readFlowName } from '../../names';
import { startFlow } from './startRun';
import { flowLocator } from '../../pickers/flow';

export const start: Operation<AmazonAppFlowApi> = {
	name: 'Start',
	value: 'start',
	action: 'Start flow',
	description:
		'Run an on-demand flow and optionally wait for it to finish, or activate a scheduled or event flow',
	fields: [flowLocator, waitForCompletion],
	options: runOptions,
	isLongRunning: true,
	async execute(context) {
		return await startFlow(context, readFlowName(context.parameters));
	},
};
