import { createResource } from '../../../engine/create/createResource';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { Operation } from '../../../engine/operation';
import { createdAtMs } from '../../api/resource';
import type { PortableApi } from '../../api/PortableApi';
import { destinationSpec } from '../../pickers/destination';
import { addSecretProperties, propertyFields, readProperties } from '../../properties/properties';
import { specName } from '../../properties/spec';
import { displayName, warnNameless } from '../shared';

export const create: Operation<PortableApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create destination',
	description: 'Create a destination',
	fields: [
		addSecretProperties,
		destinationSpec,
		displayName,
		...propertyFields({ method: 'destinationForm', dependsOn: 'destinationSpec.value' }),
	],
	options: [ifItAlreadyExists],
	async execute(context) {
		const destination = {
			destinationSpec: context.parameters.requiredText('destinationSpec'),
			displayName: context.parameters.text('displayName'),
			properties: await readProperties(context),
		};
		const created = await createResource(context, {
			kind: 'destination',
			label: `${destination.destinationSpec} "${destination.displayName ?? ''}"`,
			key: [destination.destinationSpec, destination.displayName ?? ''],
			keyOf: (other) => [specName(other), other.displayName ?? ''],
			createdAtMs,
			list: async (keepRetryingMs) => await context.api.destinations.list(keepRetryingMs),
			create: async () => await context.api.destinations.create(destination),
		});
		warnNameless(context, 'destination', destination.displayName);
		return created.map(({ resource }) => resource);
	},
};
