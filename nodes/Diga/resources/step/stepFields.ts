import { updateDisplayOptions } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import { readOptionalText } from '../../../engine/input/read';
import { isObject } from '../../../engine/values';
import { readConditionsJson } from '../branch/conditions';
import type { DigaApi } from '../../api/DigaApi';
import { stepTypes } from '../../api/stepEndpoints';
import type { NewStep, StepType } from '../../api/stepEndpoints';
import { pieceFields, readPieceSettings } from '../../pieces/pieceFields';
import { readSettingsJson, settingsJson, specifySettings } from '../../pieces/settingsJson';
import { referencesNotice } from '../../model/references';
import { referencePicker } from '../../pickers/reference';

const stepType: INodeProperties = {
	displayName: 'Type',
	name: 'stepType',
	type: 'options',
	options: [
		{ name: 'Code', value: 'CODE', description: 'Run TypeScript' },
		{
			name: 'Loop on Items',
			value: 'LOOP_ON_ITEMS',
			description: 'Run steps for each item of a list',
		},
		{ name: 'Piece', value: 'PIECE', description: 'Run an action of an integration' },
		{ name: 'Router', value: 'ROUTER', description: 'Choose between branches' },
	],
	default: 'PIECE',
	description: 'The type of the step, which cannot change later',
};

const codeFields: INodeProperties[] = [
	{
		displayName: 'Code',
		name: 'code',
		type: 'string',
		typeOptions: { rows: 6 },
		required: true,
		default: 'export const code = async (inputs) => {\n\treturn true;\n};',
		description: 'TypeScript that exports an async function named code',
	},
	{
		displayName: 'Code Input (JSON)',
		name: 'codeInput',
		type: 'json',
		default: '{}',
		description: 'The object that the function receives as inputs',
	},
];

const loopItems: INodeProperties = {
	displayName: 'Items',
	name: 'items',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{trigger.body.rows}}',
	description: 'The list to loop over, usually a reference to the output of an earlier step',
};

const routerFields: INodeProperties[] = [
	{
		displayName: 'Execute',
		name: 'executionType',
		type: 'options',
		options: [
			{ name: 'All Matching Branches', value: 'EXECUTE_ALL_MATCH' },
			{ name: 'First Matching Branch', value: 'EXECUTE_FIRST_MATCH' },
		],
		default: 'EXECUTE_FIRST_MATCH',
	},
	{
		displayName: 'Branches',
		name: 'branches',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Branch',
		default: {},
		description:
			'The branches in the order in which they are checked. The branch Otherwise is added at the end; it runs if no other branch does.',
		options: [
			{
				name: 'branch',
				displayName: 'Branch',
				values: [
					{
						displayName: 'Name',
						name: 'branchName',
						type: 'string',
						default: '',
						placeholder: 'e.g. Interested',
					},
					{
						displayName: 'Conditions (JSON)',
						name: 'conditions',
						type: 'json',
						default: '[]',
						description:
							'A list of groups, each a list of conditions. The branch runs if all conditions of at least one group are true.',
					},
				],
			},
		],
	},
];

const showFor = (type: StepType, fields: INodeProperties[]) =>
	updateDisplayOptions({ show: { specifySettings: ['fields'], stepType: [type] } }, fields);

/** The fields for the type and settings of a step. */
export const stepFields: INodeProperties[] = [
	stepType,
	specifySettings,
	...showFor('PIECE', pieceFields('action')),
	...showFor('CODE', [referencesNotice, ...codeFields]),
	...showFor('LOOP_ON_ITEMS', [referencesNotice, loopItems]),
	...showFor('ROUTER', [referencesNotice, ...routerFields]),
	...updateDisplayOptions({ show: { specifySettings: ['json'] } }, [
		referencesNotice,
		settingsJson,
	]),
	referencePicker,
];

export const stepDisplayName: INodeProperties = {
	displayName: 'Display Name',
	name: 'displayName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Send the summary',
	description:
		'The name to show in Diga. Default: the name of the action, or the type of the step.',
};

/**
 * The empty condition that Diga adds to a new branch without conditions.
 * https://docs.diga.io/api-reference/workflows--branches/add-a-branch
 */
const EMPTY_CONDITION = [[{ firstValue: '', secondValue: '', operator: 'TEXT_CONTAINS' }]];

function readBranches(value: unknown): IDataObject[] {
	const list: unknown[] = [value ?? []].flat();
	const branches = list.filter(isObject).map(({ branchName, conditions }) => {
		const name = readOptionalText(branchName, 'Branches: Name')?.trim();
		if (name === undefined) throw inputError('Branches: a Name is empty');
		const groups = readConditionsJson(conditions, `Branches: Conditions (JSON) of "${name}"`);
		return {
			branchType: 'CONDITION',
			branchName: name,
			conditions: groups.length > 0 ? groups : EMPTY_CONDITION,
		};
	});
	return [...branches, { branchType: 'FALLBACK', branchName: 'Otherwise' }];
}

/**
 * Builds the settings of a step. The keys are those of Activepieces:
 * https://github.com/activepieces/activepieces, packages/shared/src/lib/flows/actions/action.ts
 */
async function readSettings(
	context: OperationContext<DigaApi>,
	type: StepType,
): Promise<{ settings: IDataObject; title: string }> {
	const { parameters } = context;
	const given = readSettingsJson(parameters);
	if (given) return { settings: given, title: type };
	switch (type) {
		case 'PIECE':
			return await readPieceSettings(context, 'action');
		case 'CODE': {
			const code = parameters.verbatim('code');
			if (code === undefined) throw inputError('Code is empty');
			const sourceCode = { packageJson: '{}', code };
			return { settings: { sourceCode, input: parameters.json('codeInput') }, title: 'Code' };
		}
		case 'LOOP_ON_ITEMS':
			return { settings: { items: parameters.requiredText('items') }, title: 'Loop on Items' };
		case 'ROUTER': {
			const executionType = parameters.choice('executionType', [
				'EXECUTE_FIRST_MATCH',
				'EXECUTE_ALL_MATCH',
			]);
			const branches = readBranches(parameters.raw('branches.branch'));
			return { settings: { branches, executionType }, title: 'Router' };
		}
	}
}

/** Reads {@link stepFields} and the display name: a step without its name. */
export async function readStep(context: OperationContext<DigaApi>): Promise<Omit<NewStep, 'name'>> {
	const { parameters } = context;
	const type = parameters.choice('stepType', stepTypes);
	const displayName = parameters.text('displayName');
	const { settings, title } = await readSettings(context, type);
	return { type, displayName: displayName ?? title, settings };
}
