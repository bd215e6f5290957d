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

const inForm = { show: { specifyFlow: ['form'] } };
const optionInForm = { show: { '/specifyFlow': ['form'] } };

const flowName: INodeProperties = {
	displayName: 'Flow Name',
	name: 'flowName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. accounts-to-lake',
	description: 'Must be unique in the account and Region, and cannot be changed later',
};

/** The fields that define a flow. */
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
			'The body of a CreateFlow request, as JSON or an expression that returns an object. The output of Flow > Get is also accepted. See the <a href="https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html">API reference</a>.',
	},
	...updateDisplayOptions(inForm, [
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
	displayOptions: optionInForm,
	description: 'Registers the output of the flow in AWS Glue',
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

/** The optional fields of a flow. */
export const flowOptions: INodeProperties[] = [
	{
		displayName: 'Additional Body Fields',
		name: 'additionalBodyFields',
		type: 'json',
		default: '{}',
		displayOptions: optionInForm,
		description:
			'A JSON object to merge into the body of the CreateFlow request, for settings without a field here. Tasks are added to the tasks from the fields; null removes a value that a field has set.',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		displayOptions: optionInForm,
		description: 'What the flow is for. Can contain letters, digits, spaces and ! @ # - . ? , _.',
	},
	glueDataCatalog,
	{
		displayName: 'KMS Key ARN',
		name: 'kmsArn',
		type: 'string',
		default: '',
		placeholder: 'e.g. arn:aws:kms:eu-west-1:123456789012:key/1234abcd',
		displayOptions: optionInForm,
		description: 'Your own KMS key to encrypt the data that AppFlow stores',
	},
	{
		...pairList({ displayName: 'Tags', name: 'tags' }, 'Tag', {
			name: 'e.g. team',
			value: 'e.g. sales',
		}),
		displayOptions: optionInForm,
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

/** @param additional the object to merge into the body later; the fields of its tasks must also be read */
function readForm(parameters: Parameters, additional: IDataObject): IDataObject {
	const addedTasks: unknown[] = Array.isArray(additional.tasks) ? additional.tasks : [];
	const source = readEndpoint(parameters, 'source');
	const destination = readEndpoint(parameters, 'destination');
	return {
		// a missing name is reported with all other missing values
		flowName: parameters.text('flowName'),
		...readOptions(parameters),
		triggerConfig: readTrigger(parameters),
		sourceFlowConfig: source.config,
		destinationFlowConfigList: [destination.config],
		tasks: readTasks(parameters, source.connector, addedTasks.filter(isObject)),
	};
}

/** Members of a DescribeFlow response that are not part of the configuration, so a copy of the flow omits them. */
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
	/** The body of CreateFlow. It has a clientToken only if the user set one. */
	body: IDataObject;
	/** True for a scheduled or event flow, which runs only after it is activated. */
	needsActivation: boolean;
	/** What AppFlow may reject and what the node changed, one or two sentences each. */
	warnings: string[];
}

/** The body, and the part of it that comes from the form's fields. */
function readBody(parameters: Parameters): { body: IDataObject; form?: IDataObject } {
	if (parameters.choice('specifyFlow', ['form', 'json']) === 'json') {
		return { body: normalizeBody(withoutNulls(readJson(parameters))) };
	}
	const additional = parameters.json('options.additionalBodyFields');
	const form = readForm(parameters, additional);
	return {
		body: normalizeBody(withoutNulls(mergeBody(form, additional, 'append'))),
		form: normalizeBody(withoutNulls(form)),
	};
}

/**
 * Reads the flow to create from {@link flowFields} and {@link flowOptions}.
 * @throws OperationError that names the first invalid value
 */
export function readFlow(parameters: Parameters): NewFlow {
	const { body, form } = readBody(parameters);
	const warnings = checkFlow(body, form);
	const future = withFutureStart(body, Date.now());
	const { flowName: name, triggerConfig } = body;
	return {
		name: typeof name === 'string' ? name : '',
		body: future.config,
		needsActivation: isObject(triggerConfig) && triggerConfig.triggerType !== 'OnDemand',
		warnings: future.warning === undefined ? warnings : [...warnings, future.warning],
	};
}
