import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveWorkflow } from '../../packages/moveWorkflow.ts';
import { nodes, root } from '../../services.ts';

const workflow = `{
  "name": "A \\"moved\\" workflow",
  "nodes": [
    { "name": "Start", "type": "n8n-nodes-base.manualTrigger", "parameters": {} },
    { "name": "Create", "type" : "n8n-nodes-dataflows.portable", "parameters": { "note": "n8n-nodes-dataflows.portable" },
      "credentials": { "portableApi": { "id": "1", "name": "Portable account" } } },
    { "name": "Tool", "type": "n8n-nodes-dataflows.digaTool" },
    { "type":"n8n-nodes-dataflows.amazonAppFlowTrigger", "name": "Watch" }
  ],
  "pinData": { "Create": [{ "json": { "id": 12345678901234567890, "type": "n8n-nodes-dataflows.portable" } }] }
}
`;

describe('moveWorkflow', () => {
	it('changes the types of nodes, and nothing else, not a digit or a blank', () => {
		const { text, moved, kept } = moveWorkflow(workflow, 'single');
		expect(moved).toEqual(['Create', 'Tool', 'Watch']);
		expect(kept).toEqual([]);
		expect(text).toBe(
			workflow
				.replace(
					'"type" : "n8n-nodes-dataflows.portable"',
					'"type" : "n8n-nodes-portable.portable"',
				)
				.replace('n8n-nodes-dataflows.digaTool', 'n8n-nodes-diga.digaTool')
				.replace(
					'n8n-nodes-dataflows.amazonAppFlowTrigger',
					'n8n-nodes-amazon-appflow.amazonAppFlowTrigger',
				),
		);
	});

	it('moves back what it has moved', () => {
		const { text } = moveWorkflow(workflow, 'single');
		expect(moveWorkflow(text, 'all-in-one').text).toBe(workflow);
		expect(moveWorkflow(text, 'single')).toEqual({
			text,
			moved: [],
			kept: ['Create', 'Tool', 'Watch'],
		});
	});

	it('knows every node of the package', () => {
		for (const { description } of nodes) {
			const one = JSON.stringify({ nodes: [{ type: `n8n-nodes-dataflows.${description.name}` }] });
			const { text, moved } = moveWorkflow(one, 'single');
			expect(moved).toHaveLength(1);
			expect(text).toMatch(new RegExp(`"n8n-nodes-(?!dataflows)[a-z-]+\\.${description.name}"`));
		}
	});

	it.each(readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json')))(
		'moves %s and back',
		(file) => {
			const text = readFileSync(join(root, 'examples', file), 'utf8');
			const moved = moveWorkflow(text, 'single');
			expect(moved.moved.length).toBeGreaterThan(0);
			expect(moved.text).not.toContain('n8n-nodes-dataflows.');
			expect(moveWorkflow(moved.text, 'all-in-one').text).toBe(text);
		},
	);

	it('takes a list of workflows, as n8n exports them, and a byte order mark', () => {
		const node = '{"type":"n8n-nodes-dataflows.diga"}';
		const list = `\uFEFF[{"nodes":[${node}]},{"nodes":[]},{"nodes":[${node}]}]`;
		expect(moveWorkflow(list, 'single').moved).toHaveLength(2);
	});

	it.each([
		['', /^It is not JSON: /],
		['{"nodes": [', /^It is not JSON: /],
		['// {"nodes": []}', /^It is not JSON: /],
		['{}', /^It is not a workflow/],
		['[]', /^It is not a workflow/],
		['null', /^It is not a workflow/],
		['"nodes"', /^It is not a workflow/],
		['{"nodes": {}}', /^It is not a workflow/],
		['[{"nodes": []}, 3]', /^It is not a workflow/],
		['{"nodes": [3]}', /^It has a node without a type/],
		['{"nodes": [{"type": 3}]}', /^It has a node without a type/],
		[
			'{"nodes": [{"type": "n8n-nodes-dataflows.portal"}]}',
			/^It has a node of a type that does not exist: n8n-nodes-dataflows\.portal$/,
		],
		[
			'{"nodes": [{"type": "n8n-nodes-diga.portable"}]}',
			/does not exist: n8n-nodes-diga\.portable/,
		],
		['{"nodes": [{"type": "n8n-nodes-diga.digaTriggerTool"}]}', /does not exist/],
	])('refuses %j', (text, message) => {
		expect(() => moveWorkflow(text, 'single')).toThrow(message);
	});
});

describe('npm run move-workflow', () => {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-move-'));
	const file = join(folder, 'workflow.json');
	const command = (...args: string[]) =>
		spawnSync(process.execPath, [join(root, 'test/packages/move.ts'), ...args], {
			encoding: 'utf8',
		});

	beforeEach(() => {
		writeFileSync(file, workflow);
	});

	afterAll(() => {
		rmSync(folder, { recursive: true });
	});

	it('outputs the moved workflow, and leaves the file alone', () => {
		const { status, stdout, stderr } = command(file);
		expect([status, stdout]).toEqual([0, moveWorkflow(workflow, 'single').text]);
		expect(stderr).toContain('Moved 3: Create, Tool, Watch');
		expect(readFileSync(file, 'utf8')).toBe(workflow);
	});

	it('changes the file with --write, and back with --to all-in-one', () => {
		expect(command(file, '--write')).toMatchObject({ status: 0, stdout: '' });
		expect(readFileSync(file, 'utf8')).toBe(moveWorkflow(workflow, 'single').text);
		expect(command(file, '--write').stderr).toContain('Nothing to move');
		expect(command(file, '--to', 'all-in-one', '--write')).toMatchObject({ status: 0 });
		expect(readFileSync(file, 'utf8')).toBe(workflow);
	});

	it.each([
		[[], 'Name one file.'],
		[[file, file], 'Name one file.'],
		[[file, '--to', 'portable'], '--to is single or all-in-one, not "portable"'],
		[[file, '--force'], "Unknown option '--force'"],
		[[join(folder, 'missing.json')], 'cannot be read: ENOENT'],
	])('refuses %j, and shows how it is used', (args, message) => {
		const { status, stdout, stderr } = command(...args);
		expect([status, stdout]).toEqual([2, '']);
		expect(stderr).toContain(message);
	});

	it('does the same as the sed command of the documentation, for a workflow without pinned data', () => {
		const page = readFileSync(join(root, 'docs/packages.md'), 'utf8');
		const [, sed = ''] = /^(sed -e [^>]+) workflow\.json > moved\.json$/m.exec(page) ?? [];
		const example = join(root, 'examples/onboard-a-customer-on-portable.json');
		const text = execFileSync('sh', ['-c', `${sed} "$0"`, example], { encoding: 'utf8' });
		expect(text).toBe(moveWorkflow(readFileSync(example, 'utf8'), 'single').text);
	});
});
