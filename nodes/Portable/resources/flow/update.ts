import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import { isId } from '../../api/resource';
import type { PortableApi } from '../../api/PortableApi';
import { keptSchedule, readSchedule, scheduleDetails } from './schedule';
import { destinationLocator } from '../../pickers/destination';
import { flowLocator } from '../../pickers/flow';
import { sourceLocator } from '../../pickers/source';
import { newDisplayName } from '../shared';

export const update: Operation<PortableApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update flow',
	description:
		'Change the display name, schedule, source or destination of a flow. Empty fields keep their values.',
	fields: [
		flowLocator,
		{
			...sourceLocator,
			required: undefined,
			description: 'The new source. Leave empty to keep the current one.',
		},
		{
			...destinationLocator,
			required: undefined,
			description: 'The new destination. Leave empty to keep the current one.',
		},
		newDisplayName,
		keptSchedule,
		...scheduleDetails,
	],
	async execute({ api, parameters }) {
		const id = parameters.id('flow');
		const given = {
			source: parameters.optionalId('source'),
			destination: parameters.optionalId('destination'),
			displayName: parameters.text('displayName'),
			...readSchedule(parameters),
		};
		if (Object.values(given).every((value) => value === undefined)) {
			throw inputError('Nothing to update: all fields are empty');
		}
		// Portable requires both IDs for every update
		const hasBoth = given.source !== undefined && given.destination !== undefined;
		const known = hasBoth ? undefined : await api.flows.get(id);
		const source = given.source ?? known?.source;
		const destination = given.destination ?? known?.destination;
		if (!isId(source) || !isId(destination)) {
			throw inputError(
				'Portable did not return the source and destination of the flow, so nothing was changed',
				'Enter Source and Destination.',
			);
		}
		return await api.flows.update(id, { ...given, source, destination });
	},
};
