import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../../engine/input/parameters';
import { readUuid } from '../../model/uuid';

export const callField: INodeProperties = {
	displayName: 'Call ID',
	name: 'call',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
};

export function callId(parameters: Parameters): string {
	return readUuid(parameters.requiredText('call'), 'Call ID', 'call');
}
