import type { IDataObject } from 'n8n-workflow';
import { OperationError, inputError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { isObject } from '../../engine/values';
import type { DigaApi } from '../api/DigaApi';

/** Steps do something, triggers start the flow. */
export type PieceKind = 'action' | 'trigger';

/** An action or trigger of a piece, as a user chose it. */
export interface PieceChoice {
	/** With or without its scope. */
	piece: string;
	/** The key of the action or trigger. */
	name: string;
	/** The newest when it is not said. */
	version?: string;
	/** The external ID of a connection. */
	connection?: string;
	input: IDataObject;
}

/** What a piece offers, by name: in the list of pieces these are counts, and then nothing is known. */
export function offersOf(piece: IDataObject, kind: PieceKind): IDataObject {
	const offers = kind === 'action' ? piece.actions : piece.triggers;
	return isObject(offers) ? offers : {};
}

function own(values: IDataObject, name: string): IDataObject {
	const value = Object.hasOwn(values, name) ? values[name] : undefined;
	return isObject(value) ? value : {};
}

/** The properties of an action or trigger, by name. */
export function propsOf(piece: IDataObject, kind: PieceKind, name: string): IDataObject {
	const { props } = own(offersOf(piece, kind), name);
	return isObject(props) ? props : {};
}

export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A piece, asked for once in a run. */
async function piece({ api, run }: OperationContext<DigaApi>, name: string): Promise<IDataObject> {
	return await run.loadOnce(`piece ${name}`, async () => await api.getPiece(name));
}

/** How a step refers to a connection, in the engine's own way of writing expressions. */
function reference(connection: string): string {
	if (/['{}\\]/.test(connection)) {
		throw inputError(`Connection must be the external ID of a connection, but is "${connection}"`);
	}
	return `{{connections['${connection}']}}`;
}

/**
 * The settings of a step or trigger of a piece, with the name and version of the piece as Diga gives them.
 * Their keys are the engine's: packages/shared/src/lib/flows/actions/action.ts and triggers/trigger.ts of Activepieces.
 * @returns with them, what the piece calls the action or trigger
 * @throws Fault when the piece does not have it; nothing was changed then
 */
export async function pieceSettings(
	context: OperationContext<DigaApi>,
	kind: PieceKind,
	{ piece: given, name, version, connection, input }: PieceChoice,
): Promise<{ settings: IDataObject; title: string }> {
	const auth = connection === undefined ? {} : { auth: reference(connection) };
	const found = await piece(context, given);
	const offers = offersOf(found, kind);
	const names = Object.keys(offers);
	if (names.length > 0 && !names.includes(name)) {
		throw inputError(
			`The piece ${textOf(found.displayName) ?? given} has no ${kind} "${name}"`,
			`It has ${names.slice(0, 50).join(', ')}.`,
		);
	}
	const pieceVersion = version ?? textOf(found.version);
	if (pieceVersion === undefined) {
		throw new OperationError(`Diga did not say which version of the piece ${given} there is`, {
			fromService: true,
			description: 'Enter the Piece Version in Options.',
		});
	}
	return {
		settings: {
			pieceName: textOf(found.name) ?? given,
			pieceVersion,
			[`${kind}Name`]: name,
			// input last: who enters auth by hand means it
			input: { ...auth, ...input },
			propertySettings: {},
		},
		title: textOf(own(offers, name).displayName) ?? name,
	};
}
