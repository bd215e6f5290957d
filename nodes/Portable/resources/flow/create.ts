import { createResource } from '../../../engine/create/createResource';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { Operation } from '../../../engine/operation';
import { createdAtMs } from '../../api/resource';
import type { PortableApi } from '../../api/PortableApi';
import { newSchedule, readSchedule, scheduleDetails } from './schedule';
import { destinationLocator } from '../../pickers/destination';
import { sourceLocator } from '../../pickers/source';
import { displayName } from '../shared';

export const create: Operation<PortableApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: 'Create a flow from a source to a destination',
	fields: [sourceLocator, destinationLocator, displayName, newSchedule, ...scheduleDetails],
	options: [ifItAlreadyExists],
	async execute(context) {
		const flow = {
			source: context.parameters.id('source'),
			destination: context.parameters.id('destination'),
			displayName: context.parameters.text('displayName'),
			...readSchedule(context.parameters),
		};
		const created = await createResource(context, {
			kind: 'flow',
			label: `from ${flow.source} to ${flow.destination} "${flow.displayName ?? ''}"`,
			key: [flow.source, flow.destination, flow.displayName ?? ''],
			keyOf: (other) => [other.source, other.destination, other.displayName ?? ''],
			createdAtMs,
			list: async (keepRetryingMs) => await context.api.flows.list(keepRetryingMs),
			create: async () => await context.api.flows.create(flow),
		});
		return created.map(({ resource }) => resource);
	},
};
