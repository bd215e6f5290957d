import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Fault, refusal } from '../../../engine/fault';
import type { Parameters } from '../../../engine/parameters';
import { isObject, shown } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../AmazonAppFlowApi';
import { arnIn, flowName } from '../../names';
import { flowLocator } from '../shared';

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_TagResource.html */
const KEY = /^(?!aws:)[a-zA-Z+-=._:/]{1,128}$/;
const VALUE = /^[\s\w+-=.:/@]{0,256}$/;
const MOST = 50;

/** The flow whose tags it is about; the ARN of anything else that AppFlow tags is taken as well. */
export const taggedLocator: INodeProperties = {
	...flowLocator,
	description: 'Its name, or the ARN of anything else of AppFlow that has tags',
};

/** Tags are at an ARN; that of a flow is asked for where only its name is known. */
export async function arnOf(api: AmazonAppFlowApi, parameters: Parameters): Promise<string> {
	const arn = arnIn(parameters.requiredText('flow'));
	if (arn !== undefined) return arn;
	const name = flowName(parameters);
	const { flowArn } = await api.describeFlow(name);
	if (typeof flowArn === 'string') return flowArn;
	throw new Fault(`Amazon AppFlow did not tell the ARN of the flow ${name}`, { asked: true });
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
	const pairs = parameters.pairs('tags');
	if (pairs.length === 0) throw refusal('Tags is empty');
	if (pairs.length > MOST) throw refusal(`Tags has ${pairs.length}, but ${MOST} is the most`);
	return Object.fromEntries(
		pairs.map(({ name, value }) => {
			const text = String(value);
			if (!VALUE.test(text)) throw refusal(`Tags: ${shown(text)} is no value that AppFlow takes`);
			return [checkedKey(name, 'Tags'), text];
		}),
	);
}

export function checkedKey(key: string, label: string): string {
	if (KEY.test(key)) return key;
	throw refusal(
		`${label}: ${shown(key)} is no key that AppFlow takes`,
		'A key has letters, digits and + - = . _ : / only, no blanks, and does not begin with aws:.',
	);
}

/** One output item for each tag. */
export function tagItems(tags: IDataObject): IDataObject[] {
	return Object.entries(isObject(tags) ? tags : {}).map(([key, value]) => ({ key, value }));
}
