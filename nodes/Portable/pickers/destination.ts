import { locator } from '../../engine/input/locator';
import { accountListSearch } from '../../engine/node/editor';
import { portableApi } from '../api/definition';
import type { PortableApi } from '../api/PortableApi';
import { idPlaceholder, resourceRows } from './rows';
import { specLocator } from './spec';

const list = async (api: PortableApi) => await api.destinations.list();

export const destinationLocator = locator('Destination', {
	name: 'destination',
	search: accountListSearch('searchDestinations', portableApi, resourceRows('destination', list)),
	placeholder: idPlaceholder,
});

export const destinationSpec = specLocator('Destination Spec', {
	name: 'destinationSpec',
	search: { name: 'searchDestinationSpecs', kind: 'destination', list },
	placeholder: 'e.g. snowflake',
	description:
		'The connector to write to. The list has the connectors in use; enter any other by its machine name.',
});
