import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { amazonAppFlow } from '../../nodes/AmazonAppFlow/service.ts';
import { describe as describeNode } from '../../nodes/engine/node/describe.ts';
import type { Resource } from '../../nodes/engine/operation.ts';
import { diga } from '../../nodes/Diga/service.ts';
import { portable } from '../../nodes/Portable/service.ts';

/** The services, by the folder of their node. */
const services = { AmazonAppFlow: amazonAppFlow, Diga: diga, Portable: portable };

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	files: string[];
	dependencies?: object;
	overrides?: object;
	peerDependencies: object;
	scripts: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
};

describe('the package', () => {
	it('ships what is built, with no runtime dependencies and no scripts that run at install time', () => {
		expect(manifest.files).toEqual(['dist']);
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.overrides).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const script of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
			expect(manifest.scripts).not.toHaveProperty(script);
		}
	});

	it('registers every node and credential that there is', () => {
		const sources = (folder: string, ending: string) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith(ending))
				.map((file) => `dist/${folder}/${file.replace(/ts$/, 'js')}`)
				.sort();
		expect([...manifest.n8n.nodes].sort()).toEqual(sources('nodes', '.node.ts'));
		expect([...manifest.n8n.credentials].sort()).toEqual(sources('credentials', '.credentials.ts'));
	});

	it('shows every example in their README, and imports it into n8n in the end-to-end tests', () => {
		const shown = readFileSync(join(root, 'examples/README.md'), 'utf8');
		const run = readFileSync(join(root, 'test/e2e/examples.ts'), 'utf8');
		const files = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'));
		expect(files.filter((file) => !shown.includes(`(${file})`))).toEqual([]);
		expect(files.filter((file) => !run.includes(`'${file}'`))).toEqual([]);
	});

	it('has a codex file, and icons for light and dark, beside every node', () => {
		for (const file of manifest.n8n.nodes) {
			const source = file.replace(/^dist\//, '').replace(/\.js$/, '');
			const codex = JSON.parse(readFileSync(join(root, `${source}.json`), 'utf8')) as {
				categories: string[];
			};
			expect(codex).toMatchObject({ node: expect.stringMatching(/^n8n-nodes-dataflows\.\w+$/) });
			// n8n's node picker shows nodes of this category to agents only
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

	it('begins with what is likely, and with nothing that ends what goes on', () => {
		for (const { resources } of Object.values(services)) {
			const [resource, ...others] = describeNode(resources as Array<Resource<unknown>>);
			expect(resource?.default).toBe('flow');
			const operations = others.filter(({ name }) => name === 'operation');
			const ofFlow = operations.find(({ displayOptions }) =>
				displayOptions?.show?.resource?.includes('flow'),
			);
			expect(ofFlow?.default).toBe('create');
			for (const { default: first } of operations) {
				expect(first).not.toMatch(/cancel|delete|remove|stop/);
			}
		}
	});

	it('asks for what n8n has: options and operations sorted by name', () => {
		for (const { resources } of Object.values(services)) {
			for (const { operations } of resources) {
				const names = operations.map(({ name }) => name);
				expect(names).toEqual([...names].sort());
			}
			const names = resources.map(({ name }) => name);
			expect(names).toEqual([...names].sort());
		}
	});
});
