// The pieces and templates of the sandbox of Diga.

interface Prop {
	displayName: string;
	type: string;
	required: boolean;
	description?: string;
	defaultValue?: unknown;
	options?: { options: Array<{ label: string; value: unknown }> };
}

interface PieceAction {
	name: string;
	displayName: string;
	description: string;
	requireAuth: boolean;
	props: Record<string, Prop>;
}

interface PieceTrigger extends PieceAction {
	type: 'POLLING' | 'WEBHOOK' | 'APP_WEBHOOK';
	testStrategy: string;
}

export interface Piece {
	name: string;
	displayName: string;
	version: string;
	categories: string[];
	auth: object | object[] | null;
	actions: Record<string, PieceAction>;
	triggers: Record<string, PieceTrigger>;
}

type Props = Record<string, [type: string, more?: Partial<Prop>]>;

function propsOf(props: Props): Record<string, Prop> {
	return Object.fromEntries(
		Object.entries(props).map(([name, [type, more]]) => {
			const displayName = name.replace(/_/g, ' ').replace(/^./, (first) => first.toUpperCase());
			return [name, { displayName, type, required: false, ...more }];
		}),
	);
}

function action(name: string, displayName: string, props: Props = {}): PieceAction {
	return { name, displayName, description: '', requireAuth: false, props: propsOf(props) };
}

function trigger(name: string, displayName: string, props: Props = {}): PieceTrigger {
	return { ...action(name, displayName, props), type: 'WEBHOOK', testStrategy: 'SIMULATION' };
}

function piece(
	name: string,
	displayName: string,
	more: {
		version?: string;
		categories: string[];
		auth?: object | object[];
		actions?: PieceAction[];
		triggers?: PieceTrigger[];
	},
): Piece {
	const { version = '0.1.0', categories, auth = null, actions = [], triggers = [] } = more;
	const byName = <One extends PieceAction>(list: One[]) =>
		Object.fromEntries(list.map((one) => [one.name, one]));
	return {
		name: `@activepieces/piece-${name}`,
		displayName,
		version,
		categories,
		auth,
		actions: byName(actions),
		triggers: byName(triggers),
	};
}

const required = { required: true };
const choices = (...values: unknown[]) => ({
	options: { options: values.map((value) => ({ label: `The ${String(value)}`, value })) },
});

/** A piece with an action that has every type of property. */
const everything: Props = {
	title: ['SHORT_TEXT', required],
	notes: ['LONG_TEXT', { description: 'Notes to keep' }],
	limit: ['NUMBER'],
	live: ['CHECKBOX'],
	agreed: ['CHECKBOX', required],
	since: ['DATE_TIME'],
	color: ['STATIC_DROPDOWN', choices('red', 'green')],
	size: ['STATIC_DROPDOWN', choices(1, 2)],
	tags: ['STATIC_MULTI_SELECT_DROPDOWN', choices('a', 'b')],
	channel: ['DROPDOWN'],
	extra: ['JSON'],
	headers: ['OBJECT'],
	rows: ['ARRAY'],
	fields: ['DYNAMIC'],
	hint: ['MARKDOWN', { description: '**Read this**' }],
	secret: ['SECRET_TEXT'],
	constructor: ['SHORT_TEXT'] satisfies [string],
};

export const pieces: Piece[] = [
	piece('diga', 'Diga', {
		version: '0.3.1',
		categories: ['COMMUNICATION'],
		actions: [
			action('makeCall', 'Make Call', { phone: ['SHORT_TEXT', required] }),
			action('returnResponse', 'Return Response', { response: ['LONG_TEXT', required] }),
			action('returnCallData', 'Return Call Data', { variables: ['OBJECT'] }),
		],
		triggers: [
			trigger('callFinished', 'Call Finished'),
			trigger('functionCall', 'Function Call', { functionName: ['SHORT_TEXT', required] }),
			trigger('preCall', 'Pre-Call'),
		],
	}),
	piece('slack', 'Slack', {
		version: '0.9.2',
		categories: ['COMMUNICATION', 'PRODUCTIVITY'],
		auth: { type: 'OAUTH2' },
		actions: [
			action('send_channel_message', 'Send Message to a Channel', {
				channel: ['DROPDOWN', required],
				text: ['LONG_TEXT', required],
			}),
		],
		triggers: [trigger('new_message', 'New Message', { channel: ['DROPDOWN'] })],
	}),
	piece('hubspot', 'HubSpot', {
		categories: ['SALES_AND_CRM'],
		auth: [{ type: 'OAUTH2' }, { type: 'SECRET_TEXT' }],
		actions: [action('create_contact', 'Create Contact', { email: ['SHORT_TEXT', required] })],
	}),
	piece('http', 'HTTP', {
		version: '0.5.0',
		categories: ['DEVELOPMENT'],
		actions: [
			action('send_request', 'Send Request', {
				method: ['STATIC_DROPDOWN', { ...required, ...choices('GET', 'POST') }],
				url: ['SHORT_TEXT', required],
				timeout: ['NUMBER'],
			}),
			action('everything', 'Everything', everything),
		],
	}),
	piece('webhook', 'Webhook', {
		categories: ['DEVELOPMENT'],
		triggers: [trigger('catch_webhook', 'Catch Webhook')],
	}),
];

/** Finds a piece by its name in a path. Full names contain a slash, so only the short name works. */
export function pieceNamed(name: string): Piece | undefined {
	return pieces.find((one) => one.name === name || one.name === `@activepieces/${name}`);
}

export interface Template {
	id: string;
	name: string;
	language: string;
	description: string | null;
	flow_category: string | null;
	setup_guide_url: string | null;
	connections: Array<{ key: string; name: string; piece_name: string; auth_type: string }>;
	variables: string[];
	template: { displayName: string; trigger: object; schemaVersion: string };
}

function template(
	number: number,
	language: string,
	name: string,
	more: Partial<Template> = {},
): Template {
	const settings = {
		pieceName: '@activepieces/piece-diga',
		pieceVersion: '0.3.1',
		triggerName: 'callFinished',
		input: {},
	};
	const text = {
		pieceName: '@activepieces/piece-slack',
		pieceVersion: '0.9.2',
		actionName: 'send_channel_message',
		input: { channel: '<<channel>>', text: '<<greeting>>' },
	};
	return {
		id: `6f1c2d3e-0000-4000-8000-${String(number).padStart(12, '0')}`,
		name,
		language,
		description: null,
		flow_category: 'post_call',
		setup_guide_url: null,
		connections: [],
		variables: ['channel', 'greeting'],
		template: {
			displayName: name,
			schemaVersion: '7',
			trigger: {
				name: 'trigger',
				type: 'PIECE_TRIGGER',
				displayName: 'Call Finished',
				settings,
				nextAction: { name: 'step_1', type: 'PIECE', displayName: 'Send', settings: text },
			},
		},
		...more,
	};
}

const slack = { key: 'slack', name: 'Slack', piece_name: 'piece-slack', auth_type: 'SECRET_TEXT' };

export const templates: Template[] = [
	template(1, 'es', 'Resumen de llamada'),
	template(2, 'en', 'Call summary'),
	template(3, 'en', 'Call summary to Slack', { connections: [slack] }),
	template(4, 'en', 'Outbound campaign', { flow_category: 'call_launcher', variables: [] }),
];
