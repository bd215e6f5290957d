import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asOperationError, inputError, OperationError } from '../../../engine/errors';
import { pairFields } from '../../../engine/input/pairs';
import type { Parameters } from '../../../engine/input/parameters';
import { ItemMemory } from '../../../engine/itemMemory';
import type { Operation } from '../../../engine/operation';
import { quoted } from '../../../engine/values';
import type { DigaApi } from '../../api/DigaApi';
import type { NewCall } from '../../api/callEndpoints';
import type { DigaResource } from '../../api/resource';
import { isUuid, readUuid } from '../../model/uuid';
import { asPhoneNumber, readPhoneNumber } from './phoneNumber';

/** The call of an item, or the error of a request that may have dialed. n8n's Retry On Fail must not dial again. */
const remembered = new ItemMemory<DigaResource | OperationError>();

const fields: INodeProperties[] = [
	{
		displayName: 'From Number',
		name: 'fromNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +34910000001',
		description:
			'A phone number of the project, with country code, or its ID. The outbound agent of this number speaks.',
	},
	{
		displayName: 'To Number',
		name: 'toNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +34600000000',
		description: 'The number to dial, with country code. Diga dials Spanish numbers only.',
	},
	{
		displayName: 'Dynamic Variables',
		name: 'dynamicVariables',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Variable',
		default: {},
		options: [{ name: 'pair', displayName: 'Variable', values: pairFields }],
		description: "The values for the variables in the agent's prompt",
	},
];

const agentVersion: INodeProperties = {
	displayName: 'Agent Version ID',
	name: 'agentVersion',
	type: 'string',
	default: '',
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
	description: 'The version of the agent that speaks. Default: the published version.',
};

function readFrom(parameters: Parameters): string {
	const text = parameters.requiredText('fromNumber');
	if (isUuid(text)) return text.toLowerCase();
	const number = asPhoneNumber(text);
	if (number !== undefined) return number;
	throw inputError(
		`From Number must be a phone number of the project, such as +34910000001, or its ID, but is ${quoted(text)}`,
	);
}

function readCall(parameters: Parameters): NewCall {
	const version = parameters.text('options.agentVersion');
	const variables = parameters.pairs('dynamicVariables').map(({ name, value }) => [name, value]);
	return {
		from_number: readFrom(parameters),
		to_number: readPhoneNumber(parameters, 'toNumber', 'To Number'),
		...(variables.length > 0 && {
			dynamic_variables: Object.fromEntries(variables) as IDataObject,
		}),
		agent_version_id: version && readUuid(version, 'Agent Version ID', 'version'),
	};
}

/** The error of a request that may have dialed. */
function maybeDialed(error: OperationError, number: string): OperationError {
	return error.withDescription(
		`Diga may have dialed ${number}. The node does not retry, even with Retry On Fail. Check Call > Get Many before you dial again.`,
	);
}

export const create: Operation<DigaApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create call',
	description:
		'Dial a person, who then talks to the outbound agent of a phone number. Outputs the call when it is dialed, not when it ends.',
	fields,
	options: [agentVersion],
	async execute({ api, parameters, token, run, item }) {
		const call = readCall(parameters);
		const key = token('call');
		const before = remembered.get(key);
		if (before instanceof OperationError) throw before;
		if (before) {
			run.resumed.push({ kind: 'call', id: before.id, item });
			return before;
		}
		const created = await api.calls.create(call).catch(asOperationError);
		if (created instanceof OperationError) {
			if (!created.details.outcomeUnknown) throw created;
			const error = maybeDialed(created, call.to_number);
			remembered.set(key, error);
			throw error;
		}
		remembered.set(key, created);
		run.created.push({ kind: 'call', id: created.id, item });
		return created;
	},
};
