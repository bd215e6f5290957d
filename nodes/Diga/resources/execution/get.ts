import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { getRun } from '../../../engine/runs/getRun';
import { waitForKnownRun, waitOptions } from '../../../engine/runs/runFields';
import type { FollowedRuns } from '../../../engine/runs/runs';
import type { Operation } from '../../../engine/operation';
import { isObject, nonBlankText } from '../../../engine/values';
import type { DigaApi } from '../../api/DigaApi';
import { hasFailed, hasSucceeded, isOver } from '../../model/executionStatus';
import { readDigaId } from '../../model/ids';

const execution: INodeProperties = {
	displayName: 'Execution ID',
	name: 'execution',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. kQ3vZ8rYt1LxW0pNc7uHb',
};

/** Which step failed, as an error message. An execution has no error message of its own. */
function failedStepOf({ failedStep }: IDataObject): string[] {
	const { name, displayName } = isObject(failedStep) ? failedStep : {};
	const step = nonBlankText(displayName) ?? nonBlankText(name);
	return step === undefined ? [] : [`The step "${step}" failed`];
}

/** How to follow executions. Diga cannot cancel one. */
function followedExecutions(api: DigaApi): FollowedRuns {
	return {
		service: 'Diga',
		nameOf: (id) => `execution ${id}`,
		lookup: 'Execution > Get',
		// an unknown ID is an error of Diga
		fetch: async (id) => await api.executions.get(String(id)),
		isOver,
		hasFailed,
		hasSucceeded,
		stateOf: ({ status }) => nonBlankText(status) ?? 'unknown',
		errorsOf: failedStepOf,
	};
}

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get execution',
	description:
		'Retrieve an execution with the output of each step, and optionally wait for it to finish',
	fields: [execution, waitForKnownRun],
	options: waitOptions,
	isLongRunning: true,
	async execute(context) {
		const { api, parameters } = context;
		const id = readDigaId(parameters.segment('execution'), 'Execution ID', 'an execution');
		return await getRun(context, followedExecutions(api), id);
	},
};
