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
import { isObject } from '../../engine/values';
import type { EntitySource } from '../api/AmazonAppFlowApi';
import { CUSTOM } from '../api/answers';
import { connectorsOf } from '../flowDefinition/connectors/connectors';
import type { Side } from '../flowDefinition/connectors/connectors';
import { bareBucket, withoutSlash } from '../flowDefinition/schema/normalize';
import { amazonAppFlow } from '../service';
import { objectsOf, row, text } from './listSearch';

/** A parameter of the form as text; undefined when blank, or an expression that the editor cannot resolve. */
function given(context: ILoadOptionsFunctions, name: string): string | undefined {
	return text(currentParameter(context, name));
}

/** One end of the flow as far as it is filled in. */
function endOf(context: ILoadOptionsFunctions, side: Side): EntitySource {
	const settings = currentParameter(context, `${side}Settings`);
	const type = given(context, `${side}Connector`);
	const connector = connectorsOf(side).find((one) => one.type === type);
	if (!connector) {
		throw inputError('Choose a connector first; where an expression gives it, enter the name');
	}
	return {
		connectorType: connector.type,
		connectorProfileName:
			connector.needsNoConnection === true ? undefined : given(context, `${side}Connection`),
		apiVersion:
			connector.type === CUSTOM
				? given(context, `${side}ApiVersion`)
				: text(isObject(settings) ? settings.apiVersion : undefined),
	};
}

async function connections(
	context: ILoadOptionsFunctions,
	side: Side,
	wanted: ListSearchArgs,
): Promise<INodeListSearchResult> {
	const profiles = await fetchForEditor(context, amazonAppFlow, async (api) => {
		const { connectorType } = endOf(context, side);
		return await api.connectorProfiles({ connectorType }, Infinity);
	});
	return paginateRows(
		profiles.flatMap(({ connectorProfileName: name, connectorLabel }) =>
			row(name, name, connectorLabel),
		),
		wanted,
	);
}

async function objects(
	context: ILoadOptionsFunctions,
	side: Side,
	wanted: ListSearchArgs,
): Promise<INodeListSearchResult> {
	const found = await fetchForEditor(
		context,
		amazonAppFlow,
		async (api) => await objectsOf(api, endOf(context, side)),
	);
	return paginateRows(
		found.flatMap(({ name, label }) => row(name, label)),
		wanted,
	);
}

/** The object of the source; of S3 the bucket and the prefix, of which AppFlow reads a file. */
function sourceEntity(context: ILoadOptionsFunctions): string | undefined {
	const bucket = bareBucket(given(context, 'sourceBucketName') ?? '');
	if (given(context, 'sourceConnector') !== 'S3') return given(context, 'sourceObject');
	const prefix = withoutSlash(given(context, 'sourceBucketPrefix') ?? '');
	if (bucket === '') return undefined;
	return prefix === '' ? bucket : `${bucket}/${prefix}`;
}

/** A field of the source, as AppFlow describes it. */
interface SourceField {
	identifier: string;
	label: unknown;
	/** As the connector names its types. */
	dataType?: string;
}

function fieldOf(described: IDataObject): SourceField[] {
	const identifier = text(described.identifier);
	const { sourceProperties: source, supportedFieldTypeDetails: types, label } = described;
	const isReadable = !isObject(source) || source.isRetrievable !== false;
	if (identifier === undefined || !isReadable) return [];
	const type = isObject(types) && isObject(types.v1) ? types.v1.fieldType : undefined;
	return [{ identifier, label, dataType: text(type) }];
}

async function sourceFields(context: ILoadOptionsFunctions): Promise<SourceField[] | undefined> {
	const connectorEntityName = sourceEntity(context);
	if (connectorEntityName === undefined) return undefined;
	const described = await fetchForEditor(
		context,
		amazonAppFlow,
		async (api) => await api.describeEntity({ ...endOf(context, 'source'), connectorEntityName }),
	);
	return described.flatMap(fieldOf);
}

/** The lists from which the form of Create picks. */
export const flowFormSearch = {
	async searchSourceConnections(this: ILoadOptionsFunctions, ...wanted: ListSearchArgs) {
		return await connections(this, 'source', wanted);
	},
	async searchDestinationConnections(this: ILoadOptionsFunctions, ...wanted: ListSearchArgs) {
		return await connections(this, 'destination', wanted);
	},
	async searchSourceObjects(this: ILoadOptionsFunctions, ...wanted: ListSearchArgs) {
		return await objects(this, 'source', wanted);
	},
	async searchDestinationObjects(this: ILoadOptionsFunctions, ...wanted: ListSearchArgs) {
		return await objects(this, 'destination', wanted);
	},
	async searchSourceFields(this: ILoadOptionsFunctions, ...wanted: ListSearchArgs) {
		const fields = (await sourceFields(this)) ?? [];
		return paginateRows(
			fields.flatMap(({ identifier, label }) => row(identifier, label)),
			wanted,
		);
	},
};

/** n8n stores a field of the form in the workflow, with what it does not know itself. */
interface MappedField extends ResourceMapperField {
	/** As the connector names it; it goes into the tasks. */
	dataType?: string;
}

function mappedField({ identifier, label, dataType }: SourceField): MappedField {
	return {
		id: identifier,
		displayName: row(identifier, label)[0]?.name ?? identifier,
		type: 'string',
		required: false,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		// none is moved before it is added; it then keeps its name until another is entered
		removed: true,
		defaultValue: identifier,
		...(dataType !== undefined && { dataType }),
	};
}

/** The fields of the source, for the user to choose from and to name. */
export async function sourceFieldMapping(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const fields = await sourceFields(this);
	const notice =
		fields === undefined
			? 'Fill in the source first; where an expression gives it, its fields cannot be known.'
			: 'AppFlow tells of no fields of this source.';
	return {
		fields: (fields ?? []).map(mappedField),
		...((fields ?? []).length === 0 && {
			emptyFieldsNotice: `${notice} Set Fields to Using JSON instead.`,
		}),
	};
}
