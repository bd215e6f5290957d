// Which room of nodes/ may import which, and which file may use the network. test/unit/lintRules.test.ts breaks each rule.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const foldersIn = (path) =>
	readdirSync(join(import.meta.dirname, path), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name);

const services = foldersIn('nodes').filter((name) => name !== 'engine');

/** Relative imports of these folders, and of files in them. */
const folders = (names, message) => ({
	regex: `^(\\.\\.?/)+(${names.join('|')})(/|$)`,
	message,
});

const noService = folders(
	services,
	'The engine knows no service, and services do not know each other. Move shared code to nodes/engine.',
);

const noExecute = {
	regex: '/node/execute$',
	message: 'Only a node file (*.node.ts) runs items.',
};

const noEntry = {
	regex: '^(\\.\\.?/)+(service|runTrigger|callTrigger)$|\\.node$',
	message: 'service.ts, runTrigger.ts and the node files put the parts of a service together.',
};

const ownSleep = {
	name: 'n8n-workflow',
	importNames: ['sleep'],
	message: 'n8n before 2.34 ignores its signal: use nodes/engine/sleep.ts.',
};

const api = ['api', 'auth'];
const resources = ['resources'];
const methods = ['methods'];
/** Each other folder of a service has concepts of its own, such as Diga's pieces, or its pickers. */
const others = [...api, ...resources, ...methods, '__schema__'];
const concepts = [...new Set(services.flatMap((service) => foldersIn(`nodes/${service}`)))].filter(
	(name) => !others.includes(name),
);

/** Each room, and the folders that it does not import. A file in several rooms follows the last one. */
const rooms = [
	{ files: ['nodes/**', 'credentials/**'] },
	{
		files: ['nodes/engine/*.ts'],
		not: ['input', 'node', 'create', 'runs', 'trigger'],
		why: 'Files beside the rooms of the engine are shared by all of them.',
	},
	{
		// what an operation is: it names the types of all that it is given
		files: ['nodes/engine/operation.ts'],
		not: ['node', 'create', 'runs', 'trigger'],
		why: 'An operation does not depend on who runs it.',
	},
	{
		files: ['nodes/engine/http/**'],
		not: ['input', 'node', 'create', 'runs', 'trigger', 'nodeRun', 'operation'],
		why: 'http sends requests: it knows no fields, items, creates, runs or triggers.',
	},
	{
		files: ['nodes/engine/input/**'],
		not: ['node', 'create', 'runs', 'trigger'],
		why: 'input reads fields: it does not know what they are for.',
	},
	{
		files: ['nodes/engine/node/**'],
		not: ['create', 'runs', 'trigger'],
		why: 'node runs items: it does not know what an operation does.',
	},
	{
		files: ['nodes/engine/create/**'],
		not: ['runs', 'trigger', 'node'],
		why: 'create serves operations: it knows no runs, triggers or nodes.',
	},
	{
		files: ['nodes/engine/runs/**'],
		not: ['create', 'trigger', 'node'],
		why: 'runs serves operations: it knows no creates, triggers or nodes.',
	},
	{
		files: ['nodes/engine/trigger/**'],
		not: ['create', 'runs'],
		why: 'A trigger reads: it creates and starts nothing.',
	},
	{
		files: [`nodes/{${services.join()}}/**`],
		not: [...resources, ...methods],
		also: [noEntry],
		why: 'The concepts of a service know neither its operations nor its editor methods.',
	},
	{
		files: [`nodes/*/{${api.join()}}/**`],
		not: [...concepts, ...resources, ...methods],
		also: [noEntry],
		why: 'The API of a service knows its endpoints and nothing that users see.',
	},
	{
		files: ['nodes/*/resources/**'],
		not: methods,
		also: [noEntry],
		why: 'Operations do not know the editor methods. Move shared code to a folder that both may import.',
	},
	{ files: ['nodes/*/methods/**'], also: [noEntry] },
	{
		files: ['credentials/**'],
		also: [
			{
				regex: '/nodes/(?!engine/)[^/]+/(?!auth/)',
				message: 'A credential knows the engine, and the auth folder of its service.',
			},
		],
	},
	// these import every part of a service
	{ files: ['nodes/*/service.ts', 'nodes/*/{run,call}Trigger.ts'] },
	{ files: ['nodes/*/*.node.ts'], isNode: true },
	// it wraps n8n's sleep
	{ files: ['nodes/engine/sleep.ts'], mayImport: [ownSleep] },
];

function importRule({ files, not = [], why, also = [], isNode = false, mayImport = [] }) {
	const paths = [ownSleep].filter((path) => !mayImport.includes(path));
	const patterns = [noService, ...also];
	if (not.length > 0) patterns.push(folders(not, why));
	if (!isNode) patterns.push(noExecute);
	return { files, rules: { 'no-restricted-imports': ['error', { paths, patterns }] } };
}

const noUrlParse = {
	object: 'URL',
	property: 'parse',
	message: 'Node 20 lacks it (package.json, engines).',
};

const noNetwork = 'Only nodes/engine/http/client.ts sends requests: use its HttpClient.';

export const importRules = [
	...rooms.map(importRule),
	{
		files: ['{nodes,credentials}/**/*.ts'],
		rules: {
			'no-restricted-globals': [
				'error',
				...['fetch', 'WebSocket', 'EventSource'].map((name) => ({ name, message: noNetwork })),
			],
			// no-restricted-imports sees import and export statements only
			'no-restricted-syntax': [
				'error',
				{
					selector: 'ImportExpression, TSImportType',
					message: 'Import it at the top of the file.',
				},
			],
			'no-restricted-properties': [
				'error',
				noUrlParse,
				{ property: 'helpers', message: `n8n's helpers send requests. ${noNetwork}` },
			],
		},
	},
	{
		files: ['nodes/engine/http/client.ts'],
		rules: { 'no-restricted-properties': ['error', noUrlParse] },
	},
];
