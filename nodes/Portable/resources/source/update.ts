import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { addSecretProperties, propertyFields, readProperties } from '../../properties/properties';
import { MASK } from '../../properties/form';
import { sourceLocator } from '../../pickers/source';
import { newDisplayName } from '../shared';

export const update: Operation<PortableApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update source',
	description: 'Change the display name or properties of a source. Empty fields keep their values.',
	fields: [
		addSecretProperties,
		sourceLocator,
		newDisplayName,
		...propertyFields({ method: 'sourceChangeForm', dependsOn: 'source.value' }),
	],
	async execute(context) {
		const { api, parameters } = context;
		const changes = {
			displayName: parameters.text('displayName'),
			properties: await readProperties(context, { isUpdate: true }),
		};
		const masked = Object.entries(changes.properties ?? {}).find(([, value]) => value === MASK);
		if (masked) {
			throw inputError(
				`Properties: "${masked[0]}" is the mask that Portable shows in place of a secret`,
				'Leave it out to keep the current secret.',
			);
		}
		if (changes.displayName === undefined && changes.properties === undefined) {
			throw inputError('Nothing to update: Display Name and Properties are empty');
		}
		return await api.sources.update(parameters.id('source'), changes);
	},
};
