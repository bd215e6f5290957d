// What GitHub runs for this repository: pinned, with the least permissions, and only scripts that exist.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { manifest, root } from '../services.ts';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	permissions?: Record<string, string>;
	'timeout-minutes'?: number;
	steps: Step[];
}

interface Workflow {
	permissions?: Record<string, string>;
	jobs: Record<string, Job>;
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const folder = '.github/workflows';
const files = readdirSync(join(root, folder)).map((file) => `${folder}/${file}`);

const workflows = files.map((file) => ({
	file,
	text: read(file),
	workflow: parse(read(file)) as Workflow,
}));
const jobs = workflows.flatMap(({ file, workflow }) =>
	Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file} > ${name}`, job })),
);
const steps = jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name, step })));

/** The only jobs that may do more than read the repository. */
const WRITE: Record<string, Record<string, string>> = {
	'.github/workflows/codeql.yml > analyze': { contents: 'read', 'security-events': 'write' },
	'.github/workflows/publish.yml > publish': { contents: 'read', 'id-token': 'write' },
	'.github/workflows/publish.yml > release': { contents: 'write' },
	'.github/workflows/publish-package.yml > publish': { contents: 'read', 'id-token': 'write' },
	'.github/workflows/release-package.yml > release': { contents: 'write', actions: 'write' },
	'.github/workflows/scorecard.yml > analyze': {
		contents: 'read',
		'security-events': 'write',
		'id-token': 'write',
	},
};

it('there are workflows, and each of them parses', () => {
	expect(files.length).toBeGreaterThan(3);
	expect(steps.length).toBeGreaterThan(10);
	for (const { job } of jobs) expect(job.steps.length).toBeGreaterThan(0);
});

it('each action is pinned by commit, and a comment names its version', () => {
	const pins = new Map<string, string>();
	for (const { file, text } of workflows) {
		const lines = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
		for (const line of lines) {
			const [, action = '', pin = ''] =
				/uses: ([\w-]+\/[\w-]+)[\w/-]*@([0-9a-f]{40} # v\d+\.\d+\.\d+)$/.exec(line) ?? [];
			expect([file, line, action !== '']).toEqual([file, line, true]);
			// one version of an action everywhere
			expect([action, pin]).toEqual([action, pins.get(action) ?? pin]);
			pins.set(action, pin);
		}
	}
	expect(pins.size).toBeGreaterThan(3);
});

it('each workflow can read the repository only, and a job can do more only if it is known here', () => {
	for (const { file, workflow } of workflows) {
		expect([file, workflow.permissions]).toEqual([file, { contents: 'read' }]);
	}
	const own = jobs.filter(({ job }) => job.permissions !== undefined);
	expect(Object.fromEntries(own.map(({ name, job }) => [name, job.permissions]))).toEqual(WRITE);
});

it('each job ends, and no checkout leaves its token to the steps that follow', () => {
	for (const { name, job } of jobs) {
		expect([name, typeof job['timeout-minutes']]).toEqual([name, 'number']);
	}
	const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
	for (const { name, step } of checkouts) {
		expect([name, step.with]).toEqual([name, { 'persist-credentials': false }]);
	}
});

it('each command is a script of package.json, a file, or a package with an exact version', () => {
	for (const { name, step } of steps) {
		const command = step.run ?? '';
		// data of an event in a command would run as code: https://docs.github.com/en/actions/reference/security/secure-use
		expect([name, command]).toEqual([name, expect.not.stringContaining('${{')]);
		for (const [, script = ''] of command.matchAll(/\bnpm run ([\w:-]+)/g)) {
			expect([name, Object.keys(manifest.scripts)]).toEqual([
				name,
				expect.arrayContaining([script]),
			]);
		}
		for (const [, file = ''] of command.matchAll(/\bnode ([\w./-]+\.\w+)/g)) {
			expect([name, file, existsSync(join(root, file))]).toEqual([name, file, true]);
		}
		for (const [, tool = ''] of command.matchAll(/\bnpx (?:--yes )?(\S+)/g)) {
			expect([name, tool]).toEqual([name, expect.stringMatching(/^[\w@/-]+@\d+\.\d+\.\d+$/)]);
		}
	}
});

it('the scripts of package.json call files and tools that exist', () => {
	for (const [name, command] of Object.entries(manifest.scripts)) {
		for (const [, file = ''] of command.matchAll(/\bnode ([\w./-]+\.\w+)/g)) {
			expect([name, file, existsSync(join(root, file))]).toEqual([name, file, true]);
		}
		for (const [, script = ''] of command.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)) {
			expect([name, Object.keys(manifest.scripts)]).toEqual([
				name,
				expect.arrayContaining([script]),
			]);
		}
	}
});

it('a release has a software bill of materials', () => {
	const { jobs: released } = parse(read(`${folder}/publish.yml`)) as Workflow;
	const commands = Object.values(released).flatMap(({ steps: list }) => list.map(({ run }) => run));
	const file = commands.flatMap(
		(run) => /npm@\S+ sbom --sbom-format cyclonedx .*> (\S+)$/.exec(run ?? '')?.[1] ?? [],
	);
	expect(file).toHaveLength(1);
	expect(commands).toContainEqual(
		expect.stringMatching(new RegExp(`^gh release create .* ${file[0]}`)),
	);
});

it('Dependabot watches every lockfile, and the actions', () => {
	const { updates } = parse(read('.github/dependabot.yml')) as {
		updates: Array<{ 'package-ecosystem': string; directory: string }>;
	};
	const watched = updates.map((one) => `${one['package-ecosystem']} ${one.directory}`);
	const lockfiles = globSync('{.,test/*,test/*/*}/package-lock.json', {
		cwd: root,
		exclude: (path) => path.includes('node_modules'),
	});
	const folders = lockfiles.map((file) => join('/', dirname(file)));
	expect(watched.sort()).toEqual([
		'github-actions /',
		...folders.map((one) => `npm ${one}`).sort(),
	]);
});

describe('an issue form', () => {
	const forms = globSync('.github/ISSUE_TEMPLATE/{bug,feature}.yml', { cwd: root });

	it.each(forms)('%s has what GitHub requires of it', (file) => {
		const form = parse(read(file)) as {
			name: string;
			description: string;
			body: Array<{
				type: string;
				id?: string;
				attributes: { label?: string; options?: string[] };
			}>;
		};
		expect(form.name).toMatch(/./);
		expect(form.description).toMatch(/./);
		const inputs = form.body.filter(({ type }) => type !== 'markdown');
		const ids = inputs.map(({ id }) => id);
		expect(new Set(ids).size).toBe(inputs.length);
		for (const { type, id, attributes } of inputs) {
			expect(['dropdown', 'input', 'textarea']).toContain(type);
			expect(id).toMatch(/^[\w-]+$/);
			expect(attributes.label).toMatch(/./);
			expect(type === 'dropdown').toBe(attributes.options !== undefined);
		}
	});

	it('of a bug offers every node', () => {
		expect(forms).toHaveLength(2);
		const names = manifest.n8n.nodes.length;
		const { body } = parse(read('.github/ISSUE_TEMPLATE/bug.yml')) as {
			body: Array<{ id?: string; attributes: { options?: string[] } }>;
		};
		const options = body.find(({ id }) => id === 'node')?.attributes.options ?? [];
		expect(options).toHaveLength(names + 1);
	});
});
