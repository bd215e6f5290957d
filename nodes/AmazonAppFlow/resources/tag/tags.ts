import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { OperationError, inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { isObject } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { check } from '../../flowDefinition/schema/check';
import { tagsShape } from '../../flowDefinition/schema/model';
import { readPairs } from '../../flowDefinition/form/readEndpoint';
import { parseArn, readFlowName } from '../../names';
import { flowLocator } from '../../pickers/flow';

/** A picker for a flow. It also accepts the ARN of another AppFlow resource with tags. */
export const taggedLocator: INodeProperties = {
	...flowLocator,
	description: 'The flow name, or the ARN of another AppFlow resource with tags',
};

/** The ARN of the tagged resource. If only the flow name is set, the ARN is read from AppFlow. */
export async function resolveArn(api: AmazonAppFlowApi, parameters: Parameters): Promise<string> {
	const arn = parseArn(parameters.requiredText('flow'));
	if (arn !== undefined) return arn;
	const name = readFlowName(parameters);
	const { flowArn } = await api.describeFlow(name);
	if (typeof flowArn === 'string') return flowArn;
	throw new OperationError(`Amazon AppFlow returned no ARN for the flow ${name}`, {
		fromService: true,
	});
}

export const tagFields: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add tag',
	default: {},
	options: [
		{
			displayName: 'Tag',
			name: 'pair',
			values: [
				{
					displayName: 'Key',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. team',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
	description: 'If the flow already has a key, its value is replaced',
};

/** @throws OperationError if there are no tags, too many tags, or an invalid key or value */
export function readTags(parameters: Parameters): Record<string, string> {
	const tags = readPairs(parameters, 'tags');
	if (Object.keys(tags).length === 0) throw inputError('Tags is empty');
	checkTags(tags, 'Tags');
	return tags;
}

/** @throws OperationError if there are too many keys or an invalid key */
export function readKeys(parameters: Parameters): string[] {
	const keys = parameters.texts('keys');
	checkTags(Object.fromEntries(keys.map((key) => [key, ''])), 'Keys');
	return keys;
}

function checkTags(tags: Record<string, string>, label: string): void {
	check(tags, { ...tagsShape, label }, { path: 'tags', naming: 'label' });
}

/** One output item per tag. */
export function tagItems(tags: IDataObject): IDataObject[] {
	return Object.entries(isObject(tags) ? tags : {}).map(([key, value]) => ({ key, value }));
}
