import type { INodeProperties } from 'n8n-workflow';
import { getRun as readRun } from '../../../engine/runs/getRun';
import { followOptions, waitForKnownRun } from '../../../engine/runs/runFields';
import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { flowLocator } from '../../pickers/flow';
import { followedAttempts } from './followedAttempts';

const runId: INodeProperties = {
	displayName: 'Run ID',
	name: 'run',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1048576',
	description: 'The ID of the run, as Run, Get Runs and the trigger output it',
};

export const getRun: Operation<PortableApi> = {
	name: 'Get Run',
	value: 'getRun',
	action: 'Get run of flow',
	description: 'Retrieve a run of a flow by its ID, and optionally wait for it to finish',
	fields: [flowLocator, runId, waitForKnownRun],
	options: followOptions,
	isLongRunning: true,
	async execute(context) {
		const { api, parameters } = context;
		const flow = parameters.id('flow');
		return await readRun(context, followedAttempts(api, flow), parameters.id('run'));
	},
};
