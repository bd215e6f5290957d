import type { INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../engine/operation';
import type { DigaApi } from '../api/DigaApi';
import { connectionLocator } from '../pickers/connection';
import { actionLocator, pieceLocator, triggerLocator } from '../pickers/piece';
import { readInputForm } from './inputForm';
import { pieceSettings } from './pieces';
import type { PieceChoice, PieceKind } from './pieces';
import { referencesNotice } from '../model/references';

export const inputJson: INodeProperties = {
	displayName: 'Input (JSON)',
	name: 'inputJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"channel": "#sales", "text": "Hello"}',
	description:
		'The properties of the piece. Diga replaces references to earlier steps, such as {{step_1.body.name}}, when the flow runs.',
};

function inputForm(kind: PieceKind): INodeProperties {
	return {
		displayName: 'Input (Form)',
		name: 'inputForm',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['piece.value', `${kind}.value`],
			resourceMapper: {
				resourceMapperMethod: `${kind}Form`,
				mode: 'add',
				fieldWords: { singular: 'property', plural: 'properties' },
				addAllFields: true,
				supportAutoMap: false,
			},
		},
		displayOptions: { show: { specifyInput: ['form'] } },
		description: 'The properties of the piece',
	};
}

/** The fields for an action or trigger of a piece and its properties. */
export function pieceFields(kind: PieceKind): INodeProperties[] {
	return [
		pieceLocator,
		kind === 'action' ? actionLocator : triggerLocator,
		connectionLocator,
		{
			displayName: 'Specify Input',
			name: 'specifyInput',
			type: 'options',
			options: [
				{ name: 'Using a Form', value: 'form' },
				{ name: 'Using JSON', value: 'json' },
			],
			default: 'form',
			description: 'How to enter the properties of the piece',
		},
		referencesNotice,
		inputForm(kind),
		{ ...inputJson, displayOptions: { show: { specifyInput: ['json'] } } },
	];
}

export const pieceVersion: INodeProperties = {
	displayName: 'Piece Version',
	name: 'pieceVersion',
	type: 'string',
	default: '',
	placeholder: 'e.g. 0.9.2',
	description: 'The version of the piece. Default: the version that Diga lists.',
};

/** Reads {@link pieceFields}, without requests to Diga. */
export function readPieceChoice(
	{ parameters }: OperationContext<DigaApi>,
	kind: PieceKind,
): PieceChoice {
	const usesForm = parameters.choice('specifyInput', ['form', 'json']) === 'form';
	return {
		piece: parameters.segment('piece'),
		name: parameters.requiredText(kind),
		version: parameters.text('options.pieceVersion'),
		connection: parameters.text('connection'),
		input: usesForm ? readInputForm(parameters) : parameters.json('inputJson'),
	};
}

/** Reads {@link pieceFields} and builds {@link pieceSettings} of them. */
export async function readPieceSettings(context: OperationContext<DigaApi>, kind: PieceKind) {
	return await pieceSettings(context, kind, readPieceChoice(context, kind));
}
