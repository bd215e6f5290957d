import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { fetchForEditor, currentParameter } from '../../engine/node/editor';
import { formFields } from '../pieces/inputForm';
import { offersOf, propsOf } from '../pieces/pieces';
import type { PieceKind } from '../pieces/pieces';
import { diga } from '../service';

const OTHERWISE = 'Choose Using JSON instead.';

/** What the chosen action or trigger asks for, or a sentence why that is not known. */
async function inputForm(
	context: ILoadOptionsFunctions,
	kind: PieceKind,
): Promise<ResourceMapperFields> {
	const piece = currentParameter(context, 'piece');
	const name = currentParameter(context, kind);
	if (typeof piece !== 'string' || typeof name !== 'string') {
		const emptyFieldsNotice = `Pick a piece and its ${kind} first; where an expression gives them, the form cannot know them. ${OTHERWISE}`;
		return { fields: [], emptyFieldsNotice };
	}
	const found = await fetchForEditor(
		context,
		diga,
		async (api) => await api.getPiece(piece.trim()),
	);
	const fields = formFields(propsOf(found, kind, name.trim()));
	if (fields.length > 0) return { fields };
	const isKnown = Object.hasOwn(offersOf(found, kind), name.trim());
	return {
		fields,
		emptyFieldsNotice: isKnown
			? `This ${kind} asks for nothing.`
			: `The piece has no ${kind} "${name.trim()}". ${OTHERWISE}`,
	};
}

export async function actionForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await inputForm(this, 'action');
}

export async function triggerForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await inputForm(this, 'trigger');
}
