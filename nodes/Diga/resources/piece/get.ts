import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { pieceLocator } from '../../pickers/piece';

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get piece',
	description: 'Retrieve a piece with its actions, triggers and their properties',
	fields: [pieceLocator],
	async execute({ api, parameters }) {
		return await api.pieces.get(parameters.segment('piece'));
	},
};
