import { locator } from '../../engine/input/locator';
import { accountListSearch, optionsMethod } from '../../engine/node/editor';
import { portableApi } from '../api/definition';
import { idPlaceholder, resourceRows } from './rows';

const flowRows = resourceRows('flow', async (api) => await api.flows.list());

export const flowLocator = locator('Flow', {
	name: 'flow',
	search: accountListSearch('searchFlows', portableApi, flowRows),
	placeholder: idPlaceholder,
});

/** The flows of the account, for a field with multiple selection. */
export const getFlows = optionsMethod(portableApi, flowRows);
