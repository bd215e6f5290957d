import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import type { ListSearch } from '../../engine/input/locator';
import { fetchForEditor, paginateRows } from '../../engine/node/editor';
import { isObject, trimmedText } from '../../engine/values';
import { amazonAppFlowApi } from '../api/definition';
import { bucketNameIn, withoutLeadingSlash } from '../flowDefinition/schema/normalize';
import { parameterText, readEntitySource } from './endpoint';
import { listEntry } from './listEntry';

/** The source object. For S3, the bucket and prefix, in which AppFlow reads a file to find the fields. */
function sourceEntity(context: ILoadOptionsFunctions): string | undefined {
	const bucket = bucketNameIn(parameterText(context, 'sourceBucketName') ?? '');
	if (parameterText(context, 'sourceConnector') !== 'S3')
		return parameterText(context, 'sourceObject');
	const prefix = withoutLeadingSlash(parameterText(context, 'sourceBucketPrefix') ?? '');
	if (bucket === '') return undefined;
	return prefix === '' ? bucket : `${bucket}/${prefix}`;
}

/** A source field, as AppFlow describes it. */
export interface SourceField {
	identifier: string;
	label: unknown;
	/** In the connector's own terms. */
	dataType?: string;
	/** The operators of filters by this field. Undefined if AppFlow does not list them. */
	filterOperators?: string[];
}

function readableFields(described: IDataObject): SourceField[] {
	const identifier = trimmedText(described.identifier);
	const { sourceProperties: source, supportedFieldTypeDetails: types, label } = described;
	const isReadable = !isObject(source) || source.isRetrievable !== false;
	if (identifier === undefined || !isReadable) return [];
	const { fieldType, filterOperators } = isObject(types) && isObject(types.v1) ? types.v1 : {};
	return [
		{
			identifier,
			label,
			dataType: trimmedText(fieldType),
			...(Array.isArray(filterOperators) && { filterOperators: filterOperators.map(String) }),
		},
	];
}

/** The fields of a new flow's source. Undefined if the source is not filled in. */
export async function sourceFields(
	context: ILoadOptionsFunctions,
): Promise<SourceField[] | undefined> {
	const connectorEntityName = sourceEntity(context);
	if (connectorEntityName === undefined) return undefined;
	const described = await fetchForEditor(
		context,
		amazonAppFlowApi,
		async (api) =>
			await api.describeEntity({ ...readEntitySource(context, 'source'), connectorEntityName }),
	);
	return described.flatMap(readableFields);
}

const searchSourceFields: ListSearch = {
	name: 'searchSourceFields',
	search: async (context, ...args) => {
		const fields = (await sourceFields(context)) ?? [];
		const rows = fields.flatMap(({ identifier, label, dataType }) =>
			listEntry(identifier, label ?? identifier, dataType),
		);
		return paginateRows(rows, ...args);
	},
};

/** A picker for a source field. */
export const sourceField = locator('Field', {
	name: 'field',
	search: searchSourceFields,
	by: 'name',
	placeholder: 'e.g. LastModifiedDate',
	optional: true,
});
