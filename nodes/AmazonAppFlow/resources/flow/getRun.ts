import type { INodeProperties } from 'n8n-workflow';
import { getRun as readRun } from '../../../engine/runs/getRun';
import { followOptions, waitForKnownRun } from '../../../engine/runs/runFields';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readFlowName } from '../../names';
import { flowLocator } from '../../pickers/flow';
import { followedExecutions } from './followedExecutions';

const executionId: INodeProperties = {
	displayName: 'Execution ID',
	name: 'executionId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 8e2b2c1d-5f6a-4b7c-9d8e-0f1a2b3c4d5e',
	description: 'The ID of the run, as Start, Get Runs and the trigger output it',
};

export const getRun: Operation<AmazonAppFlowApi> = {
	name: 'Get Run',
	value: 'getRun',
	action: 'Get run of flow',
	description: 'Retrieve a run of a flow by its ID, and optionally wait for it to finish',
	fields: [flowLocator, executionId, waitForKnownRun],
	options: followOptions,
	isLongRunning: true,
	async execute(context) {
		const { api, parameters } = context;
		const runs = followedExecutions(api, readFlowName(parameters));
		return await readRun(context, runs, parameters.requiredText('executionId'));
	},
};
