import type {
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { listEntry } from '../pickers/listEntry';
import { sourceFields } from '../pickers/sourceField';
import type { SourceField } from '../pickers/sourceField';

/** A mapping field. n8n stores it in the workflow with its additional members. */
interface MappedField extends ResourceMapperField {
	/** In the connector's own terms. It is sent in the tasks. */
	dataType?: string;
}

function mappedField({ identifier, label, dataType }: SourceField): MappedField {
	return {
		id: identifier,
		displayName: listEntry(identifier, label)[0]?.name ?? identifier,
		type: 'string',
		required: false,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		// a field is transferred only after the user adds it; by default it keeps its name
		removed: true,
		defaultValue: identifier,
		...(dataType !== undefined && { dataType }),
	};
}

/** The source fields, for the user to select and rename. */
export async function sourceFieldMapping(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const fields = await sourceFields(this);
	const notice =
		fields === undefined
			? 'Fill in the source first. If an expression sets the source, its fields cannot be listed.'
			: 'AppFlow lists no fields for this source.';
	return {
		fields: (fields ?? []).map(mappedField),
		...((fields ?? []).length === 0 && {
			emptyFieldsNotice: `${notice} Set Fields to Using JSON instead.`,
		}),
	};
}
