import { locator } from '../../engine/input/locator';
import { accountListSearch } from '../../engine/node/editor';
import { portableApi } from '../api/definition';
import type { PortableApi } from '../api/PortableApi';
import { idPlaceholder, resourceRows } from './rows';
import { specLocator } from './spec';

const list = async (api: PortableApi) => await api.sources.list();

export const sourceLocator = locator('Source', {
	name: 'source',
	search: accountListSearch('searchSources', portableApi, resourceRows('source', list)),
	placeholder: idPlaceholder,
});

export const sourceSpec = specLocator('Source Spec', {
	name: 'sourceSpec',
	search: { name: 'searchSourceSpecs', kind: 'source', list },
	placeholder: 'e.g. google_calendar',
	description:
		'The connector to read from. The list has the connectors in use; enter any other by its machine name.',
});
