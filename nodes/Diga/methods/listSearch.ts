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
import type { DigaApi } from '../api/DigaApi';
import type { DigaPage } from '../api/pages';
import { shortPieceName } from '../api/pieceEndpoints';
import type { DigaResource } from '../api/resource';
import { definitionsOf } from '../pieces/pieces';
import type { PieceKind } from '../pieces/pieces';
import { isObject, nonBlankText } from '../../engine/values';
import { diga } from '../service';
import { readDigaId } from '../model/ids';
import { nameOf, stepsOf, titleOf } from '../model/tree';

/** How many flows or templates a list reads. The largest plan has 50 flows: https://docs.diga.io/en/platform/billing */
const LIST_LIMIT = 1000;
/** The languages that Diga has templates for. The picker has no field for a language. */
const LANGUAGES = ['en', 'es'];

async function search(
	context: ILoadOptionsFunctions,
	args: ListSearchArgs,
	rows: (api: DigaApi) => Promise<INodeListSearchItems[]>,
): Promise<INodeListSearchResult> {
	return paginateRows(await fetchForEditor(context, diga, rows), args);
}

async function readAll(load: (after?: string) => Promise<DigaPage<DigaResource>>) {
	return await readCursorPages<DigaResource>({ wanted: LIST_LIMIT, idOf: ({ id }) => id, load });
}

/** A parameter next to the picker, in the same row of a collection or in the node. */
function siblingParameter(context: ILoadOptionsFunctions, name: string): string | undefined {
	const value = currentParameter(context, `&${name}`) ?? currentParameter(context, name);
	return typeof value === 'string' ? value.trim() : undefined;
}

export async function flowRows(api: DigaApi): Promise<INodeListSearchItems[]> {
	const flows = await readAll(async (after) => await api.flows.list({ after }));
	return flows.map(({ id, name, status }) => {
		const title = nonBlankText(name) ?? 'Unnamed';
		return { name: `${title}${status === 'ENABLED' ? ' · enabled' : ''} (${id})`, value: id };
	});
}

/** Reads all flows and searches them here, because Diga cannot search flows. */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, args, flowRows);
}

/** The trigger and the steps of the chosen flow. */
export async function searchSteps(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	const flow = siblingParameter(this, 'flow');
	return await search(this, args, async (api) => {
		if (flow === undefined) throw inputError('Select a flow first, or choose By Name');
		return stepsOf(await api.flows.get(readDigaId(flow, 'Flow', 'a flow'))).flatMap((step) => {
			const name = nameOf(step);
			return name === undefined ? [] : { name: titleOf(step), value: name };
		});
	});
}

export async function searchPieces(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	const [filter, ...rest] = args;
	const text = filter?.trim();
	// no filter here, because Diga's search may match more than the name
	return await search(this, ['', ...rest], async (api) => {
		const pieces = await api.pieces.list(text ? { search: text } : {});
		return pieces.flatMap(({ name, displayName }) => {
			const value = nonBlankText(name);
			if (value === undefined) return [];
			return { name: `${nonBlankText(displayName) ?? value} (${shortPieceName(value)})`, value };
		});
	});
}

async function searchDefinitions(
	context: ILoadOptionsFunctions,
	kind: PieceKind,
	args: ListSearchArgs,
) {
	const piece = siblingParameter(context, 'piece');
	return await search(context, args, async (api) => {
		if (piece === undefined) throw inputError('Select a piece first, or choose By Name');
		return Object.entries(definitionsOf(await api.pieces.get(piece), kind)).map(
			([value, definition]) => {
				const title = isObject(definition) ? nonBlankText(definition.displayName) : undefined;
				return { name: title === undefined ? value : `${title} (${value})`, value };
			},
		);
	});
}

export async function searchActions(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await searchDefinitions(this, 'action', args);
}

export async function searchTriggers(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await searchDefinitions(this, 'trigger', args);
}

/** The connections of the chosen piece, or all connections if no piece is chosen. Values are external IDs. */
export async function searchConnections(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	const piece = siblingParameter(this, 'piece');
	return await search(this, args, async (api) => {
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
}

export async function searchTemplates(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return await search(this, args, async (api) => {
		const rows: INodeListSearchItems[] = [];
		for (const language of LANGUAGES) {
			const found = await readAll(async (after) => await api.templates.list({ language, after }));
			rows.push(
				...found.map(({ id, name }) => ({
					name: `${nonBlankText(name) ?? id} (${language})`,
					value: id,
				})),
			);
		}
		return rows;
	});
}
