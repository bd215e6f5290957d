import type { IDataObject } from 'n8n-workflow';
import { OperationError, inputError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { isObject, nonBlankText } from '../../engine/values';
import type { DigaApi } from '../api/DigaApi';

/** A piece defines actions, which steps run, and triggers, which start flows. */
export type PieceKind = 'action' | 'trigger';

/** An action or trigger of a piece, as the user chose it. */
export interface PieceChoice {
	/** With or without its scope: `@activepieces/piece-slack` or `piece-slack`. */
	piece: string;
	/** The key of the action or trigger. */
	name: string;
	/** Default: the version that Diga lists. */
	version?: string;
	/** The external ID of a connection. */
	connection?: string;
	input: IDataObject;
}

/** The definitions of a piece's actions or triggers, by name. Empty for a piece from the list, which only has counts. */
export function definitionsOf(piece: IDataObject, kind: PieceKind): IDataObject {
	const definitions = kind === 'action' ? piece.actions : piece.triggers;
	return isObject(definitions) ? definitions : {};
}

function ownObject(values: IDataObject, name: string): IDataObject {
	const value = Object.hasOwn(values, name) ? values[name] : undefined;
	return isObject(value) ? value : {};
}

/** The properties of an action or trigger, by name. */
export function propertiesOf(piece: IDataObject, kind: PieceKind, name: string): IDataObject {
	const { props } = ownObject(definitionsOf(piece, kind), name);
	return isObject(props) ? props : {};
}

/** Loads a piece once per node run. */
async function loadPiece(
	{ api, run }: OperationContext<DigaApi>,
	name: string,
): Promise<IDataObject> {
	return await run.loadOnce(`piece ${name}`, async () => await api.pieces.get(name));
}

/** The expression by which a step refers to a connection, in Activepieces' syntax. */
function connectionReference(connection: string): string {
	if (/['{}\\]/.test(connection)) {
		throw inputError(`Connection must be the external ID of a connection, but is "${connection}"`);
	}
	return `{{connections['${connection}']}}`;
}

/**
 * Builds the settings of a step or trigger, with the name and version of the piece as Diga returns them.
 * The keys are those of Activepieces: https://github.com/activepieces/activepieces,
 * packages/shared/src/lib/flows/actions/action.ts and triggers/trigger.ts
 * @returns the settings, and the display name of the action or trigger
 * @throws OperationError if the piece does not have the action or trigger; nothing has been changed then
 */
export async function pieceSettings(
	context: OperationContext<DigaApi>,
	kind: PieceKind,
	{ piece: requested, name, version, connection, input }: PieceChoice,
): Promise<{ settings: IDataObject; title: string }> {
	const auth = connection === undefined ? {} : { auth: connectionReference(connection) };
	const piece = await loadPiece(context, requested);
	const definitions = definitionsOf(piece, kind);
	const names = Object.keys(definitions);
	if (names.length > 0 && !names.includes(name)) {
		throw inputError(
			`The piece ${nonBlankText(piece.displayName) ?? requested} has no ${kind} "${name}"`,
			`It has ${names.slice(0, 50).join(', ')}.`,
		);
	}
	const pieceVersion = version ?? nonBlankText(piece.version);
	if (pieceVersion === undefined) {
		throw new OperationError(`Diga does not show the version of the piece ${requested}`, {
			fromService: true,
			description: 'Enter the Piece Version in Options.',
		});
	}
	return {
		settings: {
			pieceName: nonBlankText(piece.name) ?? requested,
			pieceVersion,
			[`${kind}Name`]: name,
			// input last, so that an auth entered by hand takes precedence
			input: { ...auth, ...input },
			propertySettings: {},
		},
		title: nonBlankText(ownObject(definitions, name).displayName) ?? name,
	};
}
