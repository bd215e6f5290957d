import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { pieceLocator } from '../../pieces/pieceFields';

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get piece',
	description: 'Retrieve one piece, with its actions and triggers and what they ask for',
	fields: [pieceLocator],
	async execute({ api, parameters }) {
		return await api.getPiece(parameters.segment('piece'));
	},
};
