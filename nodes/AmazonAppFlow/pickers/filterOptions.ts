import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { inputError, nodeError } from '../../engine/errors';
import { quoted, trimmedText } from '../../engine/values';
import { currentParameter } from '../../engine/node/editor';
import { conditions, conditionsFor, filterTypes } from '../flowDefinition/connectors/conditions';
import { connectorsOf } from '../flowDefinition/connectors/connectors';
import { parameterText } from './endpoint';
import { sourceFields } from './sourceField';
import type { SourceField } from './sourceField';

/** The selected field of the row. Undefined if there is none, or the source does not list it. */
async function selectedField(context: ILoadOptionsFunctions): Promise<SourceField | undefined> {
	const name = trimmedText(currentParameter(context, '&field'));
	if (name === undefined) return undefined;
	// the lists are useful without the field, whose own picker shows why it cannot be loaded
	const fields = await sourceFields(context).catch(() => undefined);
	return fields?.find(({ identifier }) => identifier === name);
}

/** The type of the selected field. All types if it is specific to the source, or unknown. */
export async function getFilterTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const dataType = (await selectedField(this))?.dataType;
	if (dataType === undefined) return filterTypes;
	const known = filterTypes.filter(({ value }) => value === dataType.toLowerCase());
	if (known.length > 0) return known;
	return filterTypes.map((type) =>
		type.value === 'other' ? { ...type, name: `Other (${dataType})` } : type,
	);
}

/** The conditions that the source supports, and the selected field if AppFlow lists its operators. */
export async function getFilterConditions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const type = parameterText(this, 'sourceConnector');
	const source = connectorsOf('source').find((known) => known.type === type);
	const ofSource = source ? conditionsFor(source.operators) : conditions;
	const { identifier, filterOperators } = (await selectedField(this)) ?? {};
	if (filterOperators === undefined) return ofSource;
	const ofField = conditionsFor(filterOperators).filter((one) => ofSource.includes(one));
	if (ofField.length > 0) return ofField;
	throw nodeError(
		this.getNode(),
		inputError(`${source?.name ?? 'The source'} cannot filter by the field ${quoted(identifier)}`),
	);
}
