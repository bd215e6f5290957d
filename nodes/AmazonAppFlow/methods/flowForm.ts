import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { fetchForEditor, currentParameter, paginateRows } from '../../engine/node/editor';
import type { ListSearchArgs } from '../../engine/node/editor';
import { inputError } from '../../engine/errors';
import { isObject, trimmedText } from '../../engine/values';
import type { EntitySource } from '../api/AmazonAppFlowApi';
import { CUSTOM_CONNECTOR } from '../api/connectors';
import { connectorsOf } from '../flowDefinition/connectors/connectors';
import type { Side } from '../flowDefinition/connectors/connectors';
import { bucketNameIn, withoutLeadingSlash } from '../flowDefinition/schema/normalize';
import { amazonAppFlow } from '../service';
import { listEntry, listObjects } from './listSearch';

/** A parameter as text. Undefined if it is blank or an expression that the editor cannot resolve. */
function parameterText(context: ILoadOptionsFunctions, name: string): string | undefined {
	return trimmedText(currentParameter(context, name));
}

/** The source or destination, as far as its fields are filled in. */
function readEntitySource(context: ILoadOptionsFunctions, side: Side): EntitySource {
	const settings = currentParameter(context, `${side}Settings`);
	const type = parameterText(context, `${side}Connector`);
	const connector = connectorsOf(side).find((known) => known.type === type);
	if (!connector) {
		throw inputError(
			'Select a connector first. If an expression sets the connector, enter the name.',
		);
	}
	return {
		connectorType: connector.type,
		connectorProfileName:
			connector.needsNoConnection === true
				? undefined
				: parameterText(context, `${side}Connection`),
		apiVersion:
			connector.type === CUSTOM_CONNECTOR
				? parameterText(context, `${side}ApiVersion`)
				: trimmedText(isObject(settings) ? settings.apiVersion : undefined),
	};
}

async function connections(
	context: ILoadOptionsFunctions,
	side: Side,
	args: ListSearchArgs,
): Promise<INodeListSearchResult> {
	const profiles = await fetchForEditor(context, amazonAppFlow, async (api) => {
		const { connectorType } = readEntitySource(context, side);
		return await api.connectorProfiles({ connectorType }, Infinity);
	});
	return paginateRows(
		profiles.flatMap(({ connectorProfileName: name, connectorLabel }) =>
			listEntry(name, name, connectorLabel),
		),
		args,
	);
}

async function objects(
	context: ILoadOptionsFunctions,
	side: Side,
	args: ListSearchArgs,
): Promise<INodeListSearchResult> {
	const found = await fetchForEditor(
		context,
		amazonAppFlow,
		async (api) => await listObjects(api, readEntitySource(context, side)),
	);
	return paginateRows(
		found.flatMap(({ name, label }) => listEntry(name, label)),
		args,
	);
}

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
interface SourceField {
	identifier: string;
	label: unknown;
	/** In the connector's own terms. */
	dataType?: string;
}

function readableFields(described: IDataObject): SourceField[] {
	const identifier = trimmedText(described.identifier);
	const { sourceProperties: source, supportedFieldTypeDetails: types, label } = described;
	const isReadable = !isObject(source) || source.isRetrievable !== false;
	if (identifier === undefined || !isReadable) return [];
	const type = isObject(types) && isObject(types.v1) ? types.v1.fieldType : undefined;
	return [{ identifier, label, dataType: trimmedText(type) }];
}

async function sourceFields(context: ILoadOptionsFunctions): Promise<SourceField[] | undefined> {
	const connectorEntityName = sourceEntity(context);
	if (connectorEntityName === undefined) return undefined;
	const described = await fetchForEditor(
		context,
		amazonAppFlow,
		async (api) =>
			await api.describeEntity({ ...readEntitySource(context, 'source'), connectorEntityName }),
	);
	return described.flatMap(readableFields);
}

/** The lists of Flow > Create. */
export const flowFormSearch = {
	async searchSourceConnections(this: ILoadOptionsFunctions, ...args: ListSearchArgs) {
		return await connections(this, 'source', args);
	},
	async searchDestinationConnections(this: ILoadOptionsFunctions, ...args: ListSearchArgs) {
		return await connections(this, 'destination', args);
	},
	async searchSourceObjects(this: ILoadOptionsFunctions, ...args: ListSearchArgs) {
		return await objects(this, 'source', args);
	},
	async searchDestinationObjects(this: ILoadOptionsFunctions, ...args: ListSearchArgs) {
		return await objects(this, 'destination', args);
	},
	async searchSourceFields(this: ILoadOptionsFunctions, ...args: ListSearchArgs) {
		const fields = (await sourceFields(this)) ?? [];
		return paginateRows(
			fields.flatMap(({ identifier, label }) => listEntry(identifier, label)),
			args,
		);
	},
};

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
