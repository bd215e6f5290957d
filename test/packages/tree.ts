// The files of the package of one service: sources, texts, and what it needs to build, lint and publish alone.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ALL_IN_ONE, otherServices } from './catalog.ts';
import type { ServicePackage } from './catalog.ts';
import { sourcesOf } from './importGraph.ts';
import { currentVersion, json, lockfileOf, manifestOf, nodeFiles, root } from './manifest.ts';
import { linkedFiles, movedLinks } from './markdown.ts';
import { changelogOf, contributing, examplesReadme, readmeOf } from './texts.ts';
import { moveWorkflow } from './moveWorkflow.ts';

/** Text of files by their path; pictures are bytes. */
export type Files = Map<string, string | Buffer>;

/**
 * The two lines of n8n's template: with `strict` in package.json, `n8n-node lint` refuses others.
 * https://github.com/n8n-io/n8n/tree/master/packages/%40n8n/node-cli
 */
const ESLINT_CONFIG = `import { config } from '@n8n/node-cli/eslint';

export default config;
`;

/** They are the same files here, as GitHub lets a workflow push only workflow files that another branch has. */
const WORKFLOWS = ['check-package.yml', 'publish-package.yml'].map(
	(name) => `.github/workflows/${name}`,
);

function read(file: string): string {
	return readFileSync(join(root, file), 'utf8');
}

function filesIn(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => join(folder, file))
		.sort();
}

/** The compiler options of this repository. `n8n-node build` leaves the codex files to tsc. */
function tsconfig(): string {
	const { compilerOptions, include } = JSON.parse(read('tsconfig.json')) as {
		compilerOptions: object;
		include: string[];
	};
	return json({
		compilerOptions: { ...compilerOptions, resolveJsonModule: true },
		include: [...include, 'nodes/**/*.node.json'],
	});
}

/** The sources that the nodes and credentials need, and what belongs to them. */
function addSources(files: Files, info: ServicePackage): void {
	const nodes = nodeFiles(info);
	const credentials = info.credentials.map((name) => `credentials/${name}.credentials.ts`);
	const sources = sourcesOf(root, [...nodes.map((node) => `${node}.ts`), ...credentials]);
	for (const source of sources) files.set(source, read(source));
	for (const node of nodes) {
		files.set(`${node}.json`, read(`${node}.json`).replace(`"${ALL_IN_ONE}.`, `"${info.name}.`));
	}
	for (const file of filesIn(`nodes/${info.folder}/__schema__`)) {
		if (file.endsWith('.json')) files.set(file, read(file));
	}
	const code = [...files.values()].join('\n');
	for (const [, icon = ''] of code.matchAll(/'file:(?:\.\.\/)+(icons\/[\w.]+)'/g)) {
		files.set(icon, read(icon));
	}
}

/** Whether a workflow has nodes of this service, and of no other. */
function isExampleOf(workflow: string, info: ServicePackage): boolean {
	const types = [...workflow.matchAll(/"n8n-nodes-dataflows\.(\w+)"/g)].map(
		([, name = '']) => name,
	);
	return types.length > 0 && !types.some((name) => otherServices(info).test(capitalized(name)));
}

function capitalized(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}

function addExamples(files: Files, info: ServicePackage): void {
	for (const file of filesIn('examples').filter((name) => name.endsWith('.json'))) {
		const workflow = read(file);
		if (isExampleOf(workflow, info)) files.set(file, moveWorkflow(workflow, 'single').text);
	}
}

/** Pages, and the pictures that they show. Links to what does not come along lead to the repository. */
function addPages(files: Files, info: ServicePackage, version: string, isRelease: boolean): void {
	const pages: Array<[file: string, text: string]> = [
		['README.md', readmeOf(info)],
		['CHANGELOG.md', changelogOf(info, version, isRelease)],
		[`docs/${info.guide}.md`, read(`docs/${info.guide}.md`)],
		[`docs/reference/${info.guide}.md`, read(`docs/reference/${info.guide}.md`)],
		['examples/README.md', examplesReadme(info)],
	];
	const pictures = pages
		.flatMap(([page, text]) => linkedFiles(page, text))
		.filter((file) => file.endsWith('.png'));
	for (const picture of pictures) files.set(picture, readFileSync(join(root, picture)));
	const comesAlong = (file: string) =>
		files.has(file) || file === 'LICENSE' || pages.some(([page]) => page === file);
	for (const [page, text] of pages) files.set(page, movedLinks(text, page, page, comesAlong));
	files.set('CONTRIBUTING.md', contributing(info));
	files.set('LICENSE', read('LICENSE'));
}

/**
 * All files of a package, by their path.
 * @param version of a release; otherwise the package has the version of this repository
 */
export function packageFiles(info: ServicePackage, version?: string): Files {
	const files: Files = new Map();
	addSources(files, info);
	addExamples(files, info);
	addPages(files, info, version ?? currentVersion, version !== undefined);
	files.set('package.json', json(manifestOf(info, version ?? currentVersion)));
	files.set('package-lock.json', lockfileOf(info, version ?? currentVersion));
	files.set('tsconfig.json', tsconfig());
	files.set('eslint.config.mjs', ESLINT_CONFIG);
	files.set('.gitignore', 'node_modules/\ndist/\n*.tgz\n');
	for (const file of ['.npmrc', '.prettierrc.json', ...WORKFLOWS]) files.set(file, read(file));
	return files;
}

/** What a folder of a package keeps when it is written again. */
const KEPT = ['.git', 'node_modules'];

/** Writes a package into a folder, and removes everything else there, apart from node_modules. */
export async function writePackage(
	info: ServicePackage,
	folder: string,
	version?: string,
): Promise<void> {
	const files = packageFiles(info, version);
	await mkdir(folder, { recursive: true });
	for (const name of await readdir(folder)) {
		if (!KEPT.includes(name)) await rm(join(folder, name), { recursive: true });
	}
	for (const [file, content] of files) {
		await mkdir(join(folder, dirname(file)), { recursive: true });
		await writeFile(join(folder, file), content);
	}
}
