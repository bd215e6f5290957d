import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { OperationError, inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { isObject } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { check } from '../../flowDefinition/schema/check';
import { tagsShape } from '../../flowDefinition/schema/model';
import { readPairs } from '../../flowDefinition/form/readEndpoint';
import { parseArn, readFlowName } from '../../names';
import { flowLocator } from '../shared';

/** The flow whose tags it is about; the ARN of anything else that AppFlow tags is taken as well. */
export const taggedLocator: INodeProperties = {
	...flowLocator,
	description: 'Its name, or the ARN of anything else of AppFlow that has tags',
};

/** Tags are at an ARN; that of a flow is asked for where only its name is known. */
export async function resolveArn(api: AmazonAppFlowApi, parameters: Parameters): Promise<string> {
	const arn = parseArn(parameters.requiredText('flow'));
	if (arn !== undefined) return arn;
	const name = readFlowName(parameters);
	const { flowArn } = await api.describeFlow(name);
	if (typeof flowArn === 'string') return flowArn;
	throw new OperationError(`Amazon AppFlow did not tell the ARN of the flow ${name}`, {
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
	description: 'A key that the flow has already gets the new value',
};

/** @throws Fault when a key or a value is none that AppFlow takes, or there are too many or none */
export function readTags(parameters: Parameters): Record<string, string> {
	const tags = readPairs(parameters, 'tags');
	if (Object.keys(tags).length === 0) throw inputError('Tags is empty');
	checkTags(tags, 'Tags');
	return tags;
}

/** @throws Fault as {@link readTags} does, for keys alone */
export function readKeys(parameters: Parameters): string[] {
	const keys = parameters.texts('keys');
	checkTags(Object.fromEntries(keys.map((key) => [key, ''])), 'Keys');
	return keys;
}

function checkTags(tags: Record<string, string>, label: string): void {
	check(tags, { ...tagsShape, label }, { path: 'tags', naming: 'label' });
}

/** One output item for each tag. */
export function tagItems(tags: IDataObject): IDataObject[] {
	return Object.entries(isObject(tags) ? tags : {}).map(([key, value]) => ({ key, value }));
}
