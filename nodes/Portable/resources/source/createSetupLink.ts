import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { sourceLocator } from '../../pickers/source';

const HOUR_MS = 3_600_000;

const expiry: INodeProperties[] = [
	{
		displayName: 'Expires',
		name: 'expires',
		type: 'options',
		options: [
			{ name: 'At a Time', value: 'at' },
			{ name: 'In Some Hours', value: 'in' },
		],
		default: 'in',
		description: 'When the link expires',
	},
	{
		displayName: 'Hours',
		name: 'expiresInHours',
		type: 'number',
		typeOptions: { minValue: 0.01 },
		default: 72,
		displayOptions: { show: { expires: ['in'] } },
		description: 'Hours until the link expires',
	},
	{
		displayName: 'Time',
		name: 'expiresAt',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { expires: ['at'] } },
		description:
			'When the link expires. Without a time zone, the time zone of the workflow applies.',
	},
];

const instruction: INodeProperties = {
	displayName: 'Instruction',
	name: 'instruction',
	type: 'string',
	default: '',
	placeholder: 'e.g. Sign in with your work account',
	description: 'Text to show to the person who opens the link',
};

const imageUrl: INodeProperties = {
	displayName: 'Image URL',
	name: 'imageUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/logo.png',
	description: 'Image to show above the form',
};

export const createSetupLink: Operation<PortableApi> = {
	name: 'Create Setup Link',
	value: 'createSetupLink',
	action: 'Create setup link for source',
	description:
		'Create a link that lets a person set up the source in a browser, for example to grant access',
	fields: [sourceLocator, ...expiry],
	options: [imageUrl, instruction],
	async execute({ api, parameters }) {
		const expiresAt =
			parameters.choice('expires', ['in', 'at']) === 'in'
				? new Date(Date.now() + parameters.number('expiresInHours') * HOUR_MS)
				: parameters.date('expiresAt');
		return await api.sources.createConfigurationCard(parameters.id('source'), {
			expiresAt: expiresAt.toISOString(),
			imageUrl: parameters.text('options.imageUrl'),
			instruction: parameters.verbatim('options.instruction'),
		});
	},
};
