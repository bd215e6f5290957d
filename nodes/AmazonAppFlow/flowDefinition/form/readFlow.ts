import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { isBlank, isObject, withoutNulls } from '../../../engine/values';
import { endpointFields, pairList } from './connectorFields';
import { mergeBody } from '../merge';
import { normalizeBody } from '../schema/normalize';
import { readEndpoint, readPairs } from './readEndpoint';
import { readTasks } from './readTasks';
import { withFutureStart } from '../schedule';
import { checkFlow } from '../schema/rules';
import { taskFields } from './taskFields';
import { readTrigger, triggerFields } from './trigger';

const byForm = { show: { specifyFlow: ['form'] } };
const optionByForm = { show: { '/specifyFlow': ['form'] } };

const flowName: INodeProperties = {
	displayName: 'Flow Name',
	name: 'flowName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. accounts-to-lake',
	description: 'It cannot be changed later, and no other flow of the account and region has it',
};

/** What makes a flow. */
export const flowFields: INodeProperties[] = [
	{
		displayName: 'Specify Flow',
		name: 'specifyFlow',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'form' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'form',
	},
	{
		displayName: 'Flow (JSON)',
		name: 'flowJson',
		type: 'json',
		default: '{}',
		displayOptions: { show: { specifyFlow: ['json'] } },
		description:
			'The whole body of CreateFlow, as text or from an expression that returns an object; the output of Flow > Get is taken as well. See <a href="https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html">its reference</a>.',
	},
	...updateDisplayOptions(byForm, [
		flowName,
		...triggerFields,
		...endpointFields('source'),
		...endpointFields('destination'),
		...taskFields,
	]),
];

const glueDataCatalog: INodeProperties = {
	displayName: 'Glue Data Catalog',
	name: 'glueDataCatalog',
	type: 'fixedCollection',
	default: {},
	displayOptions: optionByForm,
	description: 'Where to register what the flow writes',
	options: [
		{
			name: 'catalog',
			displayName: 'Catalog',
			values: [
				{
					displayName: 'Role ARN',
					name: 'roleArn',
					type: 'string',
					default: '',
					placeholder: 'e.g. arn:aws:iam::123456789012:role/appflow-glue',
				},
				{ displayName: 'Database', name: 'databaseName', type: 'string', default: '' },
				{ displayName: 'Table Prefix', name: 'tablePrefix', type: 'string', default: '' },
			],
		},
	],
};

/** What a flow can have beside. */
export const flowOptions: INodeProperties[] = [
	{
		displayName: 'Additional Body Fields',
		name: 'additionalBodyFields',
		type: 'json',
		default: '{}',
		displayOptions: optionByForm,
		description:
			'A JSON object to merge into the body of CreateFlow at the end, for what has no field here. Tasks in it are added to those of the fields, and null takes away what they have set.',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		displayOptions: optionByForm,
		description: 'What the flow is for. Letters, digits, blanks and ! @ # - . ? , _ only.',
	},
	glueDataCatalog,
	{
		displayName: 'KMS Key ARN',
		name: 'kmsArn',
		type: 'string',
		default: '',
		placeholder: 'e.g. arn:aws:kms:eu-west-1:123456789012:key/1234abcd',
		displayOptions: optionByForm,
		description: 'A key of your own for the data that AppFlow stores',
	},
	{
		...pairList({ displayName: 'Tags', name: 'tags' }, 'Tag', {
			name: 'e.g. team',
			value: 'e.g. sales',
		}),
		displayOptions: optionByForm,
	},
];

function readOptions(parameters: Parameters): IDataObject {
	const catalog = parameters.raw('options.glueDataCatalog.catalog');
	const inCatalog = (name: string) => parameters.text(`options.glueDataCatalog.catalog.${name}`);
	const kmsArn = parameters.text('options.kmsArn');
	const description = parameters.text('options.description');
	const tags = readPairs(parameters, 'options.tags');
	return {
		...(description !== undefined && { description }),
		...(kmsArn !== undefined && { kmsArn }),
		...(Object.keys(tags).length > 0 && { tags }),
		...(!isBlank(catalog) && {
			metadataCatalogConfig: {
				glueDataCatalog: {
					roleArn: inCatalog('roleArn'),
					databaseName: inCatalog('databaseName'),
					tablePrefix: inCatalog('tablePrefix'),
				},
			},
		}),
	};
}

/** @param more what is to be merged into the body at the end */
function readForm(parameters: Parameters, more: IDataObject): IDataObject {
	const added: unknown[] = Array.isArray(more.tasks) ? more.tasks : [];
	const source = readEndpoint(parameters, 'source');
	const destination = readEndpoint(parameters, 'destination');
	return {
		flowName: parameters.requiredText('flowName'),
		...readOptions(parameters),
		triggerConfig: readTrigger(parameters),
		sourceFlowConfig: source.config,
		destinationFlowConfigList: [destination.config],
		tasks: readTasks(parameters, source.connector, added.filter(isObject)),
	};
}

/** What Flow > Get outputs of a flow beside what it is made of: a copy is made of all the rest. */
const READ_ONLY = [
	'createdAt',
	'createdBy',
	'flowArn',
	'flowStatus',
	'flowStatusMessage',
	'lastRunExecutionDetails',
	'lastRunMetadataCatalogDetails',
	'lastUpdatedAt',
	'lastUpdatedBy',
	'schemaVersion',
];

function readJson(parameters: Parameters): IDataObject {
	const body = parameters.json('flowJson');
	if (Object.keys(body).length === 0) throw inputError('Flow (JSON) is empty');
	return Object.fromEntries(Object.entries(body).filter(([name]) => !READ_ONLY.includes(name)));
}

/** A flow to create. */
export interface NewFlow {
	name: string;
	/** The body of CreateFlow, without a clientToken unless the user gave one. */
	body: IDataObject;
	/** It runs by itself once it is activated. */
	needsActivation: boolean;
	/** What AppFlow may not take of it, and what was changed, a sentence or two each. */
	warnings: string[];
}

/** The body, and the part of it that the form has made. */
function readBody(parameters: Parameters): { body: IDataObject; form?: IDataObject } {
	if (parameters.choice('specifyFlow', ['form', 'json']) === 'json') {
		return { body: normalizeBody(withoutNulls(readJson(parameters))) };
	}
	const more = parameters.json('options.additionalBodyFields');
	const form = readForm(parameters, more);
	return {
		body: normalizeBody(withoutNulls(mergeBody(form, more, 'append'))),
		form: normalizeBody(withoutNulls(form)),
	};
}

/**
 * The flow that the user describes, by {@link flowFields} and {@link flowOptions}, or as JSON.
 * @throws Fault that names what cannot work, before anything is sent
 */
export function readFlow(parameters: Parameters): NewFlow {
	const { body, form } = readBody(parameters);
	const warnings = checkFlow(body, form);
	const coming = withFutureStart(body, Date.now());
	const { flowName: name, triggerConfig } = body;
	return {
		name: typeof name === 'string' ? name : '',
		body: coming.config,
		needsActivation: isObject(triggerConfig) && triggerConfig.triggerType !== 'OnDemand',
		warnings: coming.warning === undefined ? warnings : [...warnings, coming.warning],
	};
}
