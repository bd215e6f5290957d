import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import { locator } from '../../engine/input/locator';
import type { ListSearch } from '../../engine/input/locator';
import { fetchForEditor, listSearch, paginateRows } from '../../engine/node/editor';
import { isObject, nonBlankText } from '../../engine/values';
import { digaApi } from '../api/definition';
import type { DigaApi } from '../api/DigaApi';
import { shortPieceName } from '../api/pieceEndpoints';
import { definitionsOf } from '../pieces/pieces';
import type { PieceKind } from '../pieces/pieces';
import { siblingParameter } from './siblingParameter';

async function pieceRows(api: DigaApi, search?: string): Promise<INodeListSearchItems[]> {
	const pieces = await api.pieces.list(search ? { search } : {});
	return pieces.flatMap(({ name, displayName }) => {
		const value = nonBlankText(name);
		if (value === undefined) return [];
		return { name: `${nonBlankText(displayName) ?? value} (${shortPieceName(value)})`, value };
	});
}

const searchPieces: ListSearch = {
	name: 'searchPieces',
	search: async (context, filter, paginationToken) => {
		const load = async (api: DigaApi) => await pieceRows(api, filter?.trim());
		// no filter here, because Diga's search may match more than the name
		return paginateRows(await fetchForEditor(context, digaApi, load), '', paginationToken);
	},
};

export const pieceLocator = locator('Piece', {
	name: 'piece',
	search: searchPieces,
	by: 'name',
	placeholder: 'e.g. @activepieces/piece-slack',
	description: 'The integration, such as Slack, or Diga itself',
});

/** The actions or triggers of the chosen piece. */
function definitionRows(kind: PieceKind) {
	return async (api: DigaApi, context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> => {
		const piece = siblingParameter(context, 'piece');
		if (piece === undefined) throw inputError('Select a piece first, or choose By Name');
		return Object.entries(definitionsOf(await api.pieces.get(piece), kind)).map(
			([value, definition]) => {
				const title = isObject(definition) ? nonBlankText(definition.displayName) : undefined;
				return { name: title === undefined ? value : `${title} (${value})`, value };
			},
		);
	};
}

export const actionLocator = locator('Action', {
	name: 'action',
	search: listSearch('searchActions', digaApi, definitionRows('action')),
	by: 'name',
	placeholder: 'e.g. send_channel_message',
	description: 'What the step does. The piece defines the list.',
});

export const triggerLocator = locator('Trigger', {
	name: 'trigger',
	search: listSearch('searchTriggers', digaApi, definitionRows('trigger')),
	by: 'name',
	placeholder: 'e.g. callFinished',
	description: 'What starts the flow. The piece defines the list.',
});
