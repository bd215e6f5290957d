import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as describeNode } from '../../nodes/engine/node/describe.ts';
import { manifest, nodeSources, root, services } from '../services.ts';

describe('the package', () => {
	it('ships only the build, with no runtime dependencies and no install scripts', () => {
		expect(manifest.files).toEqual(['dist']);
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.overrides).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const script of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
			expect(manifest.scripts).not.toHaveProperty(script);
		}
	});

	it('registers every node and credential', () => {
		const sources = (folder: string, ending: string) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith(ending))
				.map((file) => `dist/${folder}/${file.replace(/ts$/, 'js')}`)
				.sort();
		expect([...manifest.n8n.nodes].sort()).toEqual(sources('nodes', '.node.ts'));
		expect([...manifest.n8n.credentials].sort()).toEqual(sources('credentials', '.credentials.ts'));
	});

	it('lists every example in the README of the examples, and runs it in the end-to-end tests', () => {
		const shown = readFileSync(join(root, 'examples/README.md'), 'utf8');
		const run = readFileSync(join(root, 'test/e2e/examples.ts'), 'utf8');
		const files = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'));
		expect(files.filter((file) => !shown.includes(`(${file})`))).toEqual([]);
		expect(files.filter((file) => !run.includes(`'${file}'`))).toEqual([]);
	});

	it('has a codex file for every node, and light and dark icons for every service', () => {
		for (const source of nodeSources) {
			const codex = JSON.parse(readFileSync(join(root, `${source}.json`), 'utf8')) as {
				categories: string[];
			};
			expect(codex).toMatchObject({ node: expect.stringMatching(/^n8n-nodes-dataflows\.\w+$/) });
			// n8n's node picker offers nodes of this category only as tools of agents
			expect(codex.categories).not.toContain('AI');
		}
		for (const folder of Object.keys(services)) {
			for (const icon of [`${folder.toLowerCase()}.svg`, `${folder.toLowerCase()}.dark.svg`]) {
				expect(readFileSync(join(root, 'icons', icon), 'utf8')).toContain('<svg');
			}
		}
	});

	it('has an output schema for every operation, so that the editor knows the fields before the first run', () => {
		for (const [folder, { resources }] of Object.entries(services)) {
			for (const { value: resource, operations } of resources) {
				for (const { value: operation } of operations) {
					const file = `nodes/${folder}/__schema__/v1.0.0/${resource}/${operation}.json`;
					expect(JSON.parse(readFileSync(join(root, file), 'utf8'))).toMatchObject({
						type: 'object',
					});
				}
			}
		}
	});

	it('defaults to flows and to Create if a service has them, and never to an operation that ends something', () => {
		for (const { resources } of Object.values(services)) {
			const [resource, ...others] = describeNode(resources);
			const hasFlows = resources.some(({ value }) => value === 'flow');
			if (hasFlows) expect(resource?.default).toBe('flow');
			const operations = others.filter(({ name }) => name === 'operation');
			for (const { default: first, options = [] } of operations) {
				const isCreate = options.some((one) => 'value' in one && one.value === 'create');
				if (isCreate) expect(first).toBe('create');
				expect(first).not.toMatch(/cancel|delete|remove|stop/);
			}
		}
	});

	it('sorts resources and operations by name', () => {
		for (const { resources } of Object.values(services)) {
			const selectors = describeNode(resources).filter(({ name }) =>
				['resource', 'operation'].includes(name),
			);
			for (const { options = [] } of selectors) {
				const names = options.map(({ name }) => name);
				expect(names).toEqual([...names].sort());
			}
		}
	});
});
