import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { readList, readObject } from './responses';
import { paths } from './paths';
import type { DigaRequests } from './requests';

export interface PieceQuery {
	search?: string;
	suggestion_type?: string;
	categories?: string[];
}

/** Returns `piece-slack` for `@activepieces/piece-slack`. */
export function shortPieceName(name: string): string {
	return name.slice(name.lastIndexOf('/') + 1);
}

/** The pieces that flows are built of. */
export class PieceEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** Returns all pieces. Their `actions` and `triggers` are counts. */
	async list(query: PieceQuery = {}): Promise<IDataObject[]> {
		return readList(await this.requests.read(paths.pieces(), { ...query })).filter(isObject);
	}

	/**
	 * Returns a piece with its actions and triggers by name.
	 * Requests the short name first, as Diga's examples do: the full name, such as @activepieces/piece-slack, contains
	 * a slash, which servers often decode before they route (https://github.com/fastapi/fastapi/issues/4990).
	 */
	async get(name: string): Promise<IDataObject> {
		const short = shortPieceName(name);
		if (short === name) return readObject(await this.requests.read(paths.piece(name)));
		const response = await this.requests.find(paths.piece(short));
		if (response.status !== 404) return readObject(response);
		return readObject(await this.requests.read(paths.piece(name)));
	}
}
