import { createResource } from '../../../engine/create/createResource';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { Operation } from '../../../engine/operation';
import { createdAtMs } from '../../api/resource';
import type { PortableApi } from '../../api/PortableApi';
import { sourceSpec } from '../../pickers/source';
import { addSecretProperties, propertyFields, readProperties } from '../../properties/properties';
import { specName } from '../../properties/spec';
import { displayName, warnNameless } from '../shared';

export const create: Operation<PortableApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create source',
	description: 'Create a source',
	fields: [
		addSecretProperties,
		sourceSpec,
		displayName,
		...propertyFields({ method: 'sourceForm', dependsOn: 'sourceSpec.value' }),
	],
	options: [ifItAlreadyExists],
	async execute(context) {
		const source = {
			sourceSpec: context.parameters.requiredText('sourceSpec'),
			displayName: context.parameters.text('displayName'),
			properties: await readProperties(context),
		};
		const created = await createResource(context, {
			kind: 'source',
			label: `${source.sourceSpec} "${source.displayName ?? ''}"`,
			key: [source.sourceSpec, source.displayName ?? ''],
			keyOf: (other) => [specName(other), other.displayName ?? ''],
			createdAtMs,
			list: async (keepRetryingMs) => await context.api.sources.list(keepRetryingMs),
			create: async () => await context.api.sources.create(source),
		});
		warnNameless(context, 'source', source.displayName);
		return created.map(({ resource }) => resource);
	},
};
