import type { INodeProperties } from 'n8n-workflow';
import { createOnce, ifItAlreadyExists } from '../../../engine/create';
import type { Operation } from '../../../engine/operation';
import { createdAtMs } from '../../PortableApi';
import type { PortableApi } from '../../PortableApi';
import { readSchedule, scheduleFields } from '../../schedule';
import { displayName, locator } from '../shared';

const source: INodeProperties = locator('Source', {
	name: 'source',
	searchListMethod: 'searchSources',
});

const destination: INodeProperties = locator('Destination', {
	name: 'destination',
	searchListMethod: 'searchDestinations',
});

export const create: Operation<PortableApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: 'Connect a source with a destination',
	fields: [source, destination, displayName, ...scheduleFields],
	options: [ifItAlreadyExists],
	async execute(call) {
		const flow = {
			source: call.parameters.id('source'),
			destination: call.parameters.id('destination'),
			displayName: call.parameters.text('displayName'),
			...readSchedule(call.parameters),
		};
		return await createOnce(call, {
			kind: 'flow',
			same: `from ${flow.source} to ${flow.destination} "${flow.displayName ?? ''}"`,
			isSame: (other) =>
				other.source === flow.source &&
				other.destination === flow.destination &&
				(other.displayName ?? '') === (flow.displayName ?? ''),
			createdAtMs,
			list: async (onceOnly) => await call.api.listFlows(onceOnly),
			create: async () => await call.api.createFlow(flow),
		});
	},
};
