// Breaks each rule of eslint.imports.mjs, and checks ESLint's message. Each example has a similar import that is allowed.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** @returns for each source, the messages of ESLint */
function lint(sources: Array<{ file: string; source: string }>): string[][] {
	const tool = join(root, 'test/tools/lintSources.mjs');
	const input = JSON.stringify(sources);
	return JSON.parse(
		execFileSync(process.execPath, [tool], { input, encoding: 'utf8' }),
	) as string[][];
}

const imports = (from: string) => `import { a } from '${from}';\nexport const b = a;\n`;

const service = 'services do not know each other';
const concepts = 'neither its operations nor its editor methods';

/** A file, what it must not import, a part of the message, and what it may import instead. */
const directions: Array<[file: string, not: string, message: string, may: string]> = [
	['nodes/engine/errors.ts', '../Portable/spec', service, './secrets'],
	['nodes/engine/http/retry.ts', '../../Diga/api/DigaApi', service, './client'],
	['nodes/Portable/api/PortableApi.ts', '../../Diga/api/paths', service, '../../engine/values'],
	['nodes/Diga/service.ts', '../Portable/service', service, './resources/flow'],
	['nodes/Diga/Diga.node.ts', '../AmazonAppFlow/service', service, './service'],

	['nodes/Portable/api/PortableApi.ts', '../resources/shared', 'endpoints', './nextPage'],
	['nodes/Diga/api/DigaApi.ts', '../model/tree', 'endpoints', './paths'],
	['nodes/Diga/api/DigaApi.ts', '../pieces/pieces', 'endpoints', '../../engine/http/client'],
	['nodes/AmazonAppFlow/api/answers.ts', '../flowDefinition/shape', 'endpoints', './times'],
	['nodes/AmazonAppFlow/auth/signature.ts', '../flowDefinition/shape', 'endpoints', '../api/times'],
	['nodes/AmazonAppFlow/api/answers.ts', '../methods/resourceMapping', 'endpoints', './errors'],
	['nodes/AmazonAppFlow/api/definition.ts', '../pickers/flow', 'endpoints', './AmazonAppFlowApi'],
	['nodes/Diga/api/DigaApi.ts', '../service', 'put the parts', './profile'],

	['nodes/Diga/model/tree.ts', '../resources/shared', concepts, '../api/DigaApi'],
	['nodes/Diga/pieces/pieces.ts', '../methods/resourceMapping', concepts, '../pickers/piece'],
	['nodes/Diga/pickers/flow.ts', '../resources/shared', concepts, '../model/tree'],
	['nodes/Diga/pickers/flow.ts', '../service', 'put the parts', '../api/definition'],
	[
		'nodes/AmazonAppFlow/flowDefinition/form/rows.ts',
		'../../resources/shared',
		concepts,
		'../shape',
	],
	['nodes/AmazonAppFlow/names.ts', './resources/flow', concepts, './api/answers'],
	['nodes/Portable/properties/spec.ts', '../resources/flow', concepts, './form'],
	['nodes/Portable/api/PortableApi.ts', '../properties/spec', 'endpoints', './attempt'],
	['nodes/Portable/new/any.ts', '../resources/flow', concepts, '../api/attempt'],
	['nodes/AmazonAppFlow/names.ts', './service', 'put the parts', '../engine/errors'],
	[
		'nodes/Portable/resources/flow/get.ts',
		'../../methods/resourceMapping',
		'Operations',
		'../../pickers/flow',
	],
	['nodes/Portable/resources/flow/get.ts', '../../service', 'put the parts', '../../spec'],
	['nodes/Diga/resources/flow/get.ts', '../../Diga.node', 'put the parts', '../../pieces/pieces'],
	['nodes/Diga/runTrigger.ts', '../engine/node/execute', 'runs items', './resources/shared'],
	['nodes/Diga/methods/x.ts', '../../engine/node/execute', 'runs items', '../pickers/flow'],
	['nodes/Diga/methods/x.ts', '../service', 'put the parts', '../resources/shared'],
	[
		'credentials/DigaApi.credentials.ts',
		'../nodes/Diga/api/DigaApi',
		'A credential',
		'../nodes/engine/http/bearer',
	],

	['nodes/engine/values.ts', './input/parameters', 'beside the rooms', './errors'],
	['nodes/engine/operation.ts', './node/describe', 'who runs it', './input/parameters'],
	...['input', 'node', 'create', 'runs', 'trigger'].map(
		(room): [string, string, string, string] => [
			'nodes/engine/http/retry.ts',
			`../${room}/any`,
			'http sends requests',
			'../errors',
		],
	),
	['nodes/engine/http/client.ts', '../nodeRun', 'http sends requests', './types'],
	['nodes/engine/http/client.ts', '../operation', 'http sends requests', './types'],
	...['node', 'create', 'runs', 'trigger'].map((room): [string, string, string, string] => [
		'nodes/engine/input/read.ts',
		`../${room}/any`,
		'input reads fields',
		'../http/path',
	]),
	['nodes/engine/node/describe.ts', '../create/createResource', 'node runs items', '../operation'],
	['nodes/engine/node/describe.ts', '../runs/runs', 'node runs items', './parallel'],
	['nodes/engine/node/describe.ts', '../trigger/watch', 'node runs items', '../input/field'],
	['nodes/engine/create/creation.ts', '../runs/runs', 'create serves', './createOne'],
	['nodes/engine/create/creation.ts', '../trigger/watch', 'create serves', '../operation'],
	['nodes/engine/create/creation.ts', '../node/token', 'create serves', '../errors'],
	['nodes/engine/runs/runs.ts', '../create/createOne', 'runs serves', './wait'],
	['nodes/engine/runs/runs.ts', '../trigger/watch', 'runs serves', '../operation'],
	['nodes/engine/trigger/watch.ts', '../create/createOne', 'A trigger reads', './turns'],
	['nodes/engine/trigger/watch.ts', '../node/execute', 'runs items', '../node/hints'],
];

describe('imports', () => {
	const messages = lint(
		directions.flatMap(([file, not, , may]) => [
			{ file, source: imports(not) },
			{ file, source: imports(may) },
		]),
	);

	it.each(directions.map((row, index) => [...row, index] as const))(
		'%s does not import %s',
		(_file, _not, message, _may, index) => {
			expect(messages[2 * index]).toEqual([expect.stringContaining(message)]);
			expect(messages[2 * index + 1]).toEqual([]);
		},
	);
});

const network = 'Only nodes/engine/http/client.ts sends requests';
const inline = 'Import it at the top';

const others: Array<[file: string, source: string, message?: string]> = [
	[
		'nodes/Diga/methods/credentialTest.ts',
		'export const a = (b) => b.helpers.request({});',
		network,
	],
	[
		'nodes/Diga/methods/x.ts',
		'export const a = ({ helpers }) => helpers.httpRequest({});',
		network,
	],
	['nodes/Portable/api/PortableApi.ts', "export const a = fetch('https://x.example');", network],
	['credentials/DigaApi.credentials.ts', "export const a = fetch('https://x.example');", network],
	['nodes/engine/http/body.ts', 'export const a = (b) => b.helpers.httpRequest({});', network],
	['nodes/engine/http/client.ts', 'export const a = (b) => b.helpers.httpRequest({});'],
	['nodes/Diga/api/paths.ts', "export type A = import('../resources/shared').B;", inline],
	['nodes/Diga/api/paths.ts', "export const a = import('../resources/shared');", inline],
	['nodes/engine/http/client.ts', "export const a = URL.parse('x');", 'Node 20 lacks it'],
	[
		'nodes/engine/runs/wait.ts',
		"import { sleep } from 'n8n-workflow';\nexport { sleep };",
		'signal',
	],
	['nodes/engine/sleep.ts', "import { sleep } from 'n8n-workflow';\nexport { sleep };"],
];

describe('requests, and other kinds of imports', () => {
	const messages = lint(others.map(([file, source]) => ({ file, source })));

	it.each(others.map(([file, source, message], index) => [file, source, message, index] as const))(
		'%s: %s',
		(_file, _source, message, index) => {
			expect(messages[index]).toEqual(
				message === undefined ? [] : [expect.stringContaining(message)],
			);
		},
	);
});
