import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { fetchForEditor, currentParameter, paginateRows } from '../../engine/node/editor';
import type { ListSearchArgs } from '../../engine/node/editor';
import { inputError } from '../../engine/errors';
import { readCursorPages } from '../../engine/http/pagination';
import { shortPieceName } from '../api/DigaApi';
import type { DigaApi, DigaPage, DigaResource } from '../api/DigaApi';
import { offersOf, textOf } from '../pieces/pieces';
import type { PieceKind } from '../pieces/pieces';
import { isObject } from '../../engine/values';
import { diga } from '../service';
import { engineId } from '../resources/shared';
import { nameOf, stepsOf, titleOf } from '../model/tree';

/** How many flows or templates are looked through for a list: the largest documented plan has 50 flows. */
const LIST_LIMIT = 1000;
/** The languages of which templates are known; the list has no filter of its own. */
const LANGUAGES = ['en', 'es'];

async function search(
	context: ILoadOptionsFunctions,
	wanted: ListSearchArgs,
	rows: (api: DigaApi) => Promise<INodeListSearchItems[]>,
): Promise<INodeListSearchResult> {
	return paginateRows(await fetchForEditor(context, diga, rows), wanted);
}

async function all(load: (after?: string) => Promise<DigaPage<DigaResource>>) {
	return await readCursorPages<DigaResource>({ wanted: LIST_LIMIT, idOf: ({ id }) => id, load });
}

/** A parameter beside the one that is filled in, also in a row of a collection. */
function beside(context: ILoadOptionsFunctions, name: string): string | undefined {
	const value = currentParameter(context, `&${name}`) ?? currentParameter(context, name);
	return typeof value === 'string' ? value.trim() : undefined;
}

export async function flowRows(api: DigaApi): Promise<INodeListSearchItems[]> {
	const flows = await all(async (after) => await api.listFlows({ after }));
	return flows.map(({ id, name, status }) => {
		const title = textOf(name) ?? 'Without a name';
		return { name: `${title}${status === 'ENABLED' ? ' · enabled' : ''} (${id})`, value: id };
	});
}

/** Without a search of Diga's own, all flows are searched here. */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, wanted, flowRows);
}

/** The trigger and the steps of the chosen flow. */
export async function searchSteps(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	const flow = beside(this, 'flow');
	return await search(this, wanted, async (api) => {
		if (flow === undefined) throw inputError('Pick a flow first, or choose By Name');
		return stepsOf(await api.getFlow(engineId(flow, 'Flow', 'a flow'))).flatMap((step) => {
			const name = nameOf(step);
			return name === undefined ? [] : { name: titleOf(step), value: name };
		});
	});
}

export async function searchPieces(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	const [filter, ...rest] = wanted;
	const words = filter?.trim();
	// Diga searches, and may find by more than the name
	return await search(this, ['', ...rest], async (api) => {
		const pieces = await api.listPieces(words ? { search: words } : {});
		return pieces.flatMap(({ name, displayName }) => {
			const value = textOf(name);
			if (value === undefined) return [];
			return { name: `${textOf(displayName) ?? value} (${shortPieceName(value)})`, value };
		});
	});
}

async function searchOffers(
	context: ILoadOptionsFunctions,
	kind: PieceKind,
	wanted: ListSearchArgs,
) {
	const piece = beside(context, 'piece');
	return await search(context, wanted, async (api) => {
		if (piece === undefined) throw inputError('Pick a piece first, or choose By Name');
		return Object.entries(offersOf(await api.getPiece(piece), kind)).map(([value, offer]) => {
			const title = isObject(offer) ? textOf(offer.displayName) : undefined;
			return { name: title === undefined ? value : `${title} (${value})`, value };
		});
	});
}

export async function searchActions(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await searchOffers(this, 'action', wanted);
}

export async function searchTriggers(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await searchOffers(this, 'trigger', wanted);
}

/** The connections of the chosen piece, or all where none is chosen; steps refer to them by external ID. */
export async function searchConnections(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	const piece = beside(this, 'piece');
	return await search(this, wanted, async (api) => {
		const fits = ({ piece_name: name }: IDataObject) =>
			piece === undefined || shortPieceName(textOf(name) ?? '') === shortPieceName(piece);
		return (await api.listConnections()).filter(fits).flatMap((connection) => {
			const { external_id: externalId, display_name: title, piece_name: of, status } = connection;
			const value = textOf(externalId);
			if (value === undefined) return [];
			const state = status === 'ACTIVE' ? [] : [textOf(status)?.toLowerCase()];
			const label = [textOf(title) ?? value, textOf(of), ...state].filter(Boolean);
			return { name: label.join(' · '), value };
		});
	});
}

export async function searchTemplates(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, wanted, async (api) => {
		const rows: INodeListSearchItems[] = [];
		for (const language of LANGUAGES) {
			const found = await all(async (after) => await api.listTemplates({ language, after }));
			rows.push(
				...found.map(({ id, name }) => ({
					name: `${textOf(name) ?? id} (${language})`,
					value: id,
				})),
			);
		}
		return rows;
	});
}
