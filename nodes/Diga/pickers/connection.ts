import type { IDataObject } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import { listSearch } from '../../engine/node/editor';
import { nonBlankText } from '../../engine/values';
import { digaApi } from '../api/definition';
import { shortPieceName } from '../api/pieceEndpoints';
import { siblingParameter } from './siblingParameter';

/** The connections of the chosen piece, or all connections if no piece is chosen. Values are external IDs. */
const searchConnections = listSearch('searchConnections', digaApi, async (api, context) => {
	const piece = siblingParameter(context, 'piece');
	const isOfPiece = ({ piece_name: name }: IDataObject) =>
		piece === undefined || shortPieceName(nonBlankText(name) ?? '') === shortPieceName(piece);
	return (await api.connections.list()).filter(isOfPiece).flatMap((connection) => {
		const { external_id: externalId, display_name: title, piece_name: of, status } = connection;
		const value = nonBlankText(externalId);
		if (value === undefined) return [];
		const state = status === 'ACTIVE' ? [] : [nonBlankText(status)?.toLowerCase()];
		const label = [nonBlankText(title) ?? value, nonBlankText(of), ...state].filter(Boolean);
		return { name: label.join(' · '), value };
	});
});

export const connectionLocator = locator('Connection', {
	name: 'connection',
	search: searchConnections,
	placeholder: 'e.g. ext-a1b2c3 (the external ID)',
	description: 'The account to use, if the piece needs one',
	optional: true,
});
