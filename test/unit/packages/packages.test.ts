import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, normalize } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { nodeNames, otherServices, releaseOf, servicePackages } from '../../packages/catalog.ts';
import { importsOf } from '../../packages/importGraph.ts';
import { nodeFiles } from '../../packages/manifest.ts';
import { linkedFiles, section, withoutEntries } from '../../packages/markdown.ts';
import { pushRelease } from '../../packages/releaseBranch.ts';
import { packageFiles, writePackage } from '../../packages/tree.ts';
import { manifest, nodes, root } from '../../services.ts';

const require = createRequire(import.meta.url);
const work = mkdtempSync(join(tmpdir(), 'n8n-nodes-packages-'));

afterAll(() => {
	rmSync(work, { recursive: true });
});

function texts(files: ReturnType<typeof packageFiles>): Array<[file: string, text: string]> {
	return [...files].flatMap(([file, content]) =>
		typeof content === 'string' ? [[file, content] as [string, string]] : [],
	);
}

describe('the packages of one service', () => {
	it('have each node and each credential of the package of all services, once', () => {
		const found = servicePackages.map((info) => packageFiles(info).get('package.json'));
		const blocks = found.map((text) => (JSON.parse(String(text)) as typeof manifest).n8n);
		expect(blocks.flatMap((block) => block.nodes).sort()).toEqual([...manifest.n8n.nodes].sort());
		expect(blocks.flatMap((block) => block.credentials).sort()).toEqual(
			[...manifest.n8n.credentials].sort(),
		);
	});

	it('are released by tags', () => {
		expect(releaseOf('amazon-appflow-v1.2.3')).toMatchObject({
			info: { name: 'n8n-nodes-amazon-appflow' },
			version: '1.2.3',
		});
		expect(releaseOf('diga-v1.0.0-rc.1').version).toBe('1.0.0-rc.1');
		for (const tag of ['v1.2.3', 'portable-1.2.3', 'portable-v1.2', 'portal-v1.2.3', '']) {
			expect(() => releaseOf(tag)).toThrow('is not a release tag of a package');
		}
	});
});

describe.each(servicePackages)('$name', (info) => {
	const files = packageFiles(info);
	const others = otherServices(info);
	const text = (file: string) => String(files.get(file));

	it('contains each source that its nodes and credentials import, and no other', () => {
		const sources = [...files.keys()].filter((file) => file.endsWith('.ts'));
		const imported = new Set([
			...nodeFiles(info).map((file) => `${file}.ts`),
			...info.credentials.map((name) => `credentials/${name}.credentials.ts`),
		]);
		const outside = new Set<string>();
		for (const file of sources) {
			for (const name of importsOf(text(file))) {
				if (!name.startsWith('.')) outside.add(name);
				else {
					const path = normalize(join(dirname(file), name));
					imported.add(files.has(`${path}.ts`) ? `${path}.ts` : `${path}/index.ts`);
				}
			}
		}
		expect(sources.sort()).toEqual([...imported].sort());
		expect(['luxon', 'n8n-workflow', 'node:crypto']).toEqual(expect.arrayContaining([...outside]));
	});

	it('follows the rules for verified packages', () => {
		const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
			version: string;
		};
		const own = JSON.parse(text('package.json')) as Record<string, unknown>;
		expect(own).toMatchObject({
			name: expect.stringMatching(/^n8n-nodes-[a-z-]+$/),
			version,
			license: 'MIT',
			keywords: expect.arrayContaining(['n8n-community-node-package']),
			repository: {
				type: 'git',
				url: 'git+https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows.git',
			},
			author: { name: expect.any(String), email: expect.any(String) },
			files: ['dist'],
			n8n: { n8nNodesApiVersion: 1, strict: true },
			publishConfig: { access: 'public', provenance: true },
			peerDependencies: { 'n8n-workflow': '*' },
			scripts: { build: 'n8n-node build', lint: 'n8n-node lint', dev: 'n8n-node dev' },
		});
		for (const name of ['dependencies', 'overrides', 'bundledDependencies', 'private']) {
			expect(own).not.toHaveProperty(name);
		}
		// the provenance statement names the repository, and the package is at its root
		expect(own.repository).not.toHaveProperty('directory');
		expect(text('LICENSE')).toContain('MIT License');
		expect(text('eslint.config.mjs')).toBe(
			"import { config } from '@n8n/node-cli/eslint';\n\nexport default config;\n",
		);
	});

	it('has a lockfile of its own, which names no registry', () => {
		const lock = JSON.parse(text('package-lock.json')) as {
			name: string;
			packages: Record<string, { devDependencies?: object }>;
		};
		const own = JSON.parse(text('package.json')) as { devDependencies: object };
		expect(lock.name).toBe(info.name);
		expect(lock.packages['']).toMatchObject({ devDependencies: own.devDependencies });
		expect(text('package-lock.json')).not.toContain('"resolved"');
	});

	it('mentions no other service', () => {
		const mentions = texts(files)
			.filter(([file]) => file !== 'package-lock.json')
			.flatMap(([file, content]) =>
				content
					.split('\n')
					.filter((line) => others.test(line))
					.map((line) => `${file}: ${line}`),
			);
		expect(mentions).toEqual([]);
		expect([...files.keys()].filter((file) => others.test(file))).toEqual([]);
	});

	it('has every page and picture that its pages link to', () => {
		for (const [page, content] of texts(files).filter(([file]) => file.endsWith('.md'))) {
			const missing = linkedFiles(page, content).filter((file) => !files.has(file));
			expect([page, missing]).toEqual([page, []]);
		}
	});

	it('has the sections of the README that n8n asks for, and the operations of its service', () => {
		const readme = text('README.md');
		for (const heading of ['Installation', 'Operations', 'Credentials', 'Compatibility', 'Usage']) {
			expect(section(readme, heading).length).toBeGreaterThan(50);
		}
		expect(section(readme, 'Operations')).toContain('| _Trigger_');
		expect(section(readme, 'Installation')).toContain(`enter \`${info.name}\``);
		expect(section(readme, 'Credentials').match(/^\| \[/gm)).toHaveLength(info.credentials.length);
	});

	it('has the examples of its service, with its own node types', () => {
		const examples = [...files.keys()].filter((file) => /^examples\/.*\.json$/.test(file));
		expect(examples.length).toBeGreaterThan(0);
		for (const file of examples) {
			const types = [...text(file).matchAll(/"type": "(n8n-nodes-[^"]+)"/g)].map(
				([, type]) => type,
			);
			const own = nodeNames(info).map((name) => `${info.name}.${name}`);
			expect(own).toEqual(
				expect.arrayContaining(types.filter((type) => !type?.startsWith('n8n-nodes-base.'))),
			);
			expect(text('examples/README.md')).toContain(`(${basename(file)})`);
		}
		expect(text('examples/README.md').match(/^\| \[/gm)).toHaveLength(examples.length);
	});

	it('has the same nodes as the package of all services', async () => {
		const folder = join(work, info.name);
		await writePackage(info, folder);
		symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
		for (const file of nodeFiles(info)) {
			const name = basename(file, '.node');
			const classes = require(join(folder, `${file}.ts`)) as Record<string, new () => INodeType>;
			const Node = classes[name];
			if (!Node) throw new Error(`${file} does not export ${name}`);
			const { description } = new Node();
			const same = nodes.find((node) => node.description.name === description.name);
			expect(JSON.stringify(description)).toBe(JSON.stringify(same?.description));
			const codex = JSON.parse(text(`${file}.json`)) as object;
			expect(codex).toMatchObject({ node: `${info.name}.${description.name}` });
		}
	});

	it('is the same in a second run, which also removes what does not belong to it', async () => {
		expect(packageFiles(info)).toEqual(files);
		const folder = join(work, `${info.name}-again`);
		await writePackage(info, folder);
		writeFileSync(join(folder, 'nodes', 'left-over.ts'), '');
		await writePackage(info, folder);
		const written = execFileSync('find', ['.', '-type', 'f'], { cwd: folder, encoding: 'utf8' });
		expect(written.trim().split('\n').sort()).toEqual(
			[...files.keys()].map((file) => `./${file}`).sort(),
		);
	});

	it('is released as a commit of its branch that has these files, and the last release before it', async () => {
		const remote = join(work, `${info.tag}.git`);
		const repository = join(work, `${info.tag}-repository`);
		const git = (cwd: string, ...args: string[]) =>
			execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
		git(work, 'init', '--quiet', '--bare', remote);
		git(work, 'init', '--quiet', repository);
		const author = ['-c', 'user.name=Test', '-c', 'user.email=test@dataflows.example'];
		git(repository, ...author, 'commit', '--quiet', '--allow-empty', '-m', 'Tagged');

		const first = await pushRelease(`${info.tag}-v1.2.3`, remote, repository);
		expect(first.branch).toBe(`release/${info.tag}`);
		expect(await pushRelease(`${info.tag}-v1.2.3`, remote, repository)).toEqual(first);
		const second = await pushRelease(`${info.tag}-v1.2.4`, remote, repository);

		expect(git(remote, 'rev-parse', first.branch)).toBe(second.commit);
		expect(git(remote, 'rev-list', first.branch).split('\n')).toEqual([
			second.commit,
			first.commit,
		]);
		const names = git(remote, 'ls-tree', '-r', '--name-only', first.branch).split('\n');
		expect(names.sort()).toEqual([...files.keys()].sort());
		expect(JSON.parse(git(remote, 'show', `${first.commit}:package.json`))).toMatchObject({
			name: info.name,
			version: '1.2.3',
		});
		expect(git(remote, 'show', `${first.commit}:CHANGELOG.md`)).toContain('## 1.2.3\n');
		// GitHub lets a workflow push a workflow file only if the same file is on another branch
		for (const name of names.filter((file) => file.startsWith('.github/'))) {
			expect(text(name)).toBe(readFileSync(join(root, name), 'utf8'));
		}
	});
});

describe('withoutEntries', () => {
	it('leaves out table rows, and list entries with what continues them and the entries inside them', () => {
		const page =
			'| Diga | 1 |\n| Others | 2 |\n- Diga\n  and more\n  - inside\n- Others\n  - Diga inside\n\nDiga';
		expect(withoutEntries(page, /Diga/)).toBe('| Others | 2 |\n\nDiga');
	});
});
