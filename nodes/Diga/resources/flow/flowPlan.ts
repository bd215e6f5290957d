import { updateDisplayOptions } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import { readJsonObject, readOptionalText } from '../../../engine/input/read';
import { isObject, unwrapLocator } from '../../../engine/values';
import type { DigaApi } from '../../api/DigaApi';
import type { NewTrigger } from '../../api/flowEndpoints';
import type { NewStep } from '../../api/stepEndpoints';
import { flowJson, readFlowJson } from './flowJson';
import type { FlowTree } from './flowJson';
import { connectionLocator } from '../../pickers/connection';
import { actionLocator, pieceLocator } from '../../pickers/piece';
import { inputJson, pieceFields, readPieceChoice } from '../../pieces/pieceFields';
import { pieceSettings } from '../../pieces/pieces';
import type { PieceChoice } from '../../pieces/pieces';
import { referencesNotice } from '../../model/references';
import { referencePicker } from '../../pickers/reference';

const steps: INodeProperties = {
	displayName: 'Steps',
	name: 'steps',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Step',
	default: {},
	description: 'The steps in the order in which they run. For loops, routers and code, use JSON.',
	options: [
		{
			name: 'step',
			displayName: 'Step',
			values: [
				pieceLocator,
				actionLocator,
				connectionLocator,
				inputJson,
				{
					displayName: 'Display Name',
					name: 'displayName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Send the summary',
					description: 'The name to show in Diga. Default: the name of the action.',
				},
			],
		},
	],
};

/** The fields that define a flow: a trigger and steps of pieces, or JSON. */
export const planFields: INodeProperties[] = [
	{
		displayName: 'Specify Flow',
		name: 'defineFlow',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json', description: 'A flow exported from Diga' },
		],
		default: 'fields',
	},
	...updateDisplayOptions({ show: { defineFlow: ['fields'] } }, [
		...pieceFields('trigger'),
		steps,
		referencePicker,
	]),
	...updateDisplayOptions({ show: { defineFlow: ['json'] } }, [referencesNotice, flowJson]),
];

/** The flow to build. */
export type FlowPlan =
	{ tree: FlowTree } | { trigger: NewTrigger; steps: Array<Omit<NewStep, 'name'>> };

interface Row {
	displayName?: string;
	choice: PieceChoice;
}

/** Reads an optional text from a row. */
function readRowText(row: IDataObject, name: string, label: string): string | undefined {
	return readOptionalText(unwrapLocator(row[name]), label)?.trim();
}

function readRow(row: IDataObject, index: number): Row {
	const at = `Steps: step ${index + 1}`;
	const required = (name: string, label: string) => {
		const text = readRowText(row, name, `${at}: ${label}`);
		if (text === undefined) throw inputError(`${at}: ${label} is empty`);
		return text;
	};
	return {
		displayName: readRowText(row, 'displayName', `${at}: Display Name`),
		choice: {
			piece: required('piece', 'Piece'),
			name: required('action', 'Action'),
			connection: readRowText(row, 'connection', `${at}: Connection`),
			input: readJsonObject(row.inputJson, `${at}: Input (JSON)`),
		},
	};
}

/**
 * Reads {@link planFields} and loads the pieces, before anything is created.
 * @throws OperationError if a field is invalid, or a piece does not have the chosen action or trigger
 */
export async function readPlan(context: OperationContext<DigaApi>): Promise<FlowPlan> {
	const { parameters } = context;
	if (parameters.choice('defineFlow', ['fields', 'json']) === 'json') {
		return { tree: readFlowJson(parameters) };
	}
	const choice = readPieceChoice(context, 'trigger');
	const given: unknown[] = [parameters.raw('steps.step') ?? []].flat();
	const rows = given.filter(isObject).map(readRow);

	const { settings, title } = await pieceSettings(context, 'trigger', choice);
	const plan: FlowPlan = {
		trigger: { type: 'PIECE_TRIGGER', displayName: title, settings },
		steps: [],
	};
	for (const row of rows) {
		const action = await pieceSettings(context, 'action', row.choice);
		const displayName = row.displayName ?? action.title;
		plan.steps.push({ type: 'PIECE', displayName, settings: action.settings });
	}
	return plan;
}
