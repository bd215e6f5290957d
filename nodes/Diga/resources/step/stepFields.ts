import { updateDisplayOptions } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { OperationContext } from '../../../engine/operation';
import { isBlank, isObject, readText, quoted } from '../../../engine/values';
import { readConditionsJson } from '../branch/conditions';
import { stepTypes } from '../../api/DigaApi';
import type { DigaApi, NewStep } from '../../api/DigaApi';
import { pieceFields, readPieceSettings } from '../../pieces/pieceFields';
import { referencesNotice } from '../../model/references';

const stepType: INodeProperties = {
	displayName: 'Type',
	name: 'stepType',
	type: 'options',
	options: [
		{ name: 'Code', value: 'CODE', description: 'Run TypeScript' },
		{ name: 'Loop on Items', value: 'LOOP_ON_ITEMS', description: 'Repeat steps for each item' },
		{ name: 'Piece', value: 'PIECE', description: 'An action of an integration' },
		{ name: 'Router', value: 'ROUTER', description: 'Take one or more of several branches' },
	],
	default: 'PIECE',
	description: 'The type of a step cannot be changed later',
};

const specifySettings: INodeProperties = {
	displayName: 'Specify Settings',
	name: 'specifySettings',
	type: 'options',
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{
			name: 'Using JSON',
			value: 'json',
			description: "All settings as the engine under Diga's flows has them",
		},
	],
	default: 'fields',
};

const settingsJson: INodeProperties = {
	displayName: 'Settings (JSON)',
	name: 'settingsJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"items": "{{trigger.body.rows}}"}',
	description: 'A JSON object, as text or from an expression that returns an object',
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
		description: 'What the function is given as inputs',
	},
];

const loopItems: INodeProperties = {
	displayName: 'Items',
	name: 'items',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{trigger.body.rows}}',
	description: 'The list to loop over: mostly a reference to what an earlier step gave',
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
			'In the order in which they are tried. A last branch, Otherwise, is added for what fits none.',
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
							'A list of groups, one of which must hold; a group is a list of conditions',
					},
				],
			},
		],
	},
];

const show = (type: NewStep['type'], fields: INodeProperties[]) =>
	updateDisplayOptions({ show: { specifySettings: ['fields'], stepType: [type] } }, fields);

/** What a step is: its type, and its settings by fields or as JSON. */
export const stepFields: INodeProperties[] = [
	stepType,
	specifySettings,
	...show('PIECE', pieceFields('action')),
	...show('CODE', [referencesNotice, ...codeFields]),
	...show('LOOP_ON_ITEMS', [referencesNotice, loopItems]),
	...show('ROUTER', [referencesNotice, ...routerFields]),
	...updateDisplayOptions({ show: { specifySettings: ['json'] } }, [
		referencesNotice,
		settingsJson,
	]),
];

export const stepDisplayName: INodeProperties = {
	displayName: 'Display Name',
	name: 'displayName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Send the summary',
	description: 'The name to show in Diga; what the step does if empty',
};

/** The empty condition that Diga itself gives a new branch. */
const EMPTY_CONDITION = [[{ firstValue: '', secondValue: '', operator: 'TEXT_CONTAINS' }]];

function readBranches(value: unknown): IDataObject[] {
	const list: unknown[] = [value ?? []].flat();
	const branches = list.filter(isObject).map(({ branchName, conditions }) => {
		const name = readText(branchName)?.trim() ?? '';
		if (name === '') {
			throw inputError(
				isBlank(branchName)
					? 'Branches: a Name is empty'
					: `Branches: Name must be text, but is ${quoted(branchName)}`,
			);
		}
		const groups = readConditionsJson(conditions, `Branches: Conditions (JSON) of "${name}"`);
		return {
			branchType: 'CONDITION',
			branchName: name,
			conditions: groups.length > 0 ? groups : EMPTY_CONDITION,
		};
	});
	return [...branches, { branchType: 'FALLBACK', branchName: 'Otherwise' }];
}

/** The keys of settings are the engine's: packages/shared/src/lib/flows/actions/action.ts of Activepieces. */
async function readSettings(
	context: OperationContext<DigaApi>,
	type: NewStep['type'],
): Promise<{ settings: IDataObject; title: string }> {
	const { parameters } = context;
	if (parameters.choice('specifySettings', ['fields', 'json']) === 'json') {
		const settings = parameters.json('settingsJson');
		if (Object.keys(settings).length > 0) return { settings, title: type };
		throw inputError('Settings (JSON) is empty');
	}
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

/** What was set in {@link stepFields}; everything about a step but its name. */
export async function readStep(context: OperationContext<DigaApi>): Promise<Omit<NewStep, 'name'>> {
	const { parameters } = context;
	const type = parameters.choice('stepType', stepTypes);
	const given = parameters.text('displayName');
	const { settings, title } = await readSettings(context, type);
	return { type, displayName: given ?? title, settings };
}
