import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { fetchForEditor, currentParameter } from '../../engine/node/editor';
import { digaApi } from '../api/definition';
import { formFields } from '../pieces/inputForm';
import { definitionsOf, propertiesOf } from '../pieces/pieces';
import type { PieceKind } from '../pieces/pieces';

const USE_JSON = 'Set Specify Input to Using JSON instead.';

/** The properties of the chosen action or trigger, or a notice that says why they are unknown. */
async function inputForm(
	context: ILoadOptionsFunctions,
	kind: PieceKind,
): Promise<ResourceMapperFields> {
	const piece = currentParameter(context, 'piece');
	const name = currentParameter(context, kind);
	if (typeof piece !== 'string' || typeof name !== 'string') {
		const emptyFieldsNotice = `Select a piece and its ${kind} first. The form does not work if an expression sets them. ${USE_JSON}`;
		return { fields: [], emptyFieldsNotice };
	}
	const found = await fetchForEditor(
		context,
		digaApi,
		async (api) => await api.pieces.get(piece.trim()),
	);
	const fields = formFields(propertiesOf(found, kind, name.trim()));
	if (fields.length > 0) return { fields };
	const isKnown = Object.hasOwn(definitionsOf(found, kind), name.trim());
	return {
		fields,
		emptyFieldsNotice: isKnown
			? `This ${kind} has no properties.`
			: `The piece has no ${kind} "${name.trim()}". ${USE_JSON}`,
	};
}

export async function actionForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await inputForm(this, 'action');
}

export async function triggerForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await inputForm(this, 'trigger');
}
