import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';
import { importRules } from './eslint.imports.mjs';

const source = '{nodes,credentials}/**/*.ts';
const json = ['package.json', 'nodes/**/*.json'];

/** n8n's rules for what ships, as its package scanner and its node-cli set them (both switch off the same five). */
const n8nRules = tseslint.config(
	{ files: [source, ...json], extends: [n8nCommunityNodesPlugin.configs.recommended] },
	{
		files: [source, ...json],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			'no-console': 'error',
		},
	},
	{ files: ['package.json'], rules: n8nNodesBase.configs.community.rules },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{ files: json, languageOptions: { parser: tseslint.parser } },
);

// Tests and tools are held to typescript-eslint alone: they start servers and read files, which a node must not.
export default tseslint.config(
	{
		ignores: [
			'**/node_modules/',
			'dist/',
			'.cache/',
			'.n8n-start/',
			'packages-out/',
			'test/results/',
		],
	},
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: { parserOptions: { project: ['tsconfig.json', 'test/tsconfig.json'] } },
		rules: {
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/return-await': ['error', 'always'],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
		},
	},
	// as the lint of n8n's tool, which the packages of one service use
	{ files: [source], rules: { '@typescript-eslint/no-unused-vars': ['error', {}] } },
	{
		// Node runs these files as they are, and only removes the types
		files: ['test/**/*.ts'],
		rules: { '@typescript-eslint/parameter-properties': 'error' },
	},
	// jest types its matchers, such as expect.objectContaining(), as any
	{
		files: ['test/**/*.test.ts'],
		rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
	},
	...n8nRules,
	...importRules,
);
