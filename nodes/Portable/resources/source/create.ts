import { createResource } from '../../../engine/create/createResource';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { Operation } from '../../../engine/operation';
import { createdAtMs } from '../../api/PortableApi';
import type { PortableApi } from '../../api/PortableApi';
import { addSecretProperties, propertyFields, readProperties } from '../../properties/properties';
import { specName } from '../../properties/spec';
import { displayName, specLocator } from '../shared';

const sourceSpec = specLocator('Source Spec', {
	name: 'sourceSpec',
	searchListMethod: 'searchSourceSpecs',
	placeholder: 'e.g. google_calendar',
	description:
		'The connector to read from. The list has the connectors in use; enter any other by its machine name.',
});

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
			list: async (keepRetryingMs) => await context.api.listSources(keepRetryingMs),
			create: async () => await context.api.createSource(source),
		});
		return created.map(({ resource }) => resource);
	},
};
