// The package.json of the package of one service, as n8n's template has it, and its lockfile.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeNames } from './catalog.ts';
import type { ServicePackage } from './catalog.ts';

export const root = join(import.meta.dirname, '../..');

/** The lockfile of all three packages: they differ in name and version only. */
const LOCKFILE = join(import.meta.dirname, 'package-lock.json');

/** What the package of all services and the others have in common. */
const shared = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	version: string;
	license: string;
	homepage: string;
	bugs: object;
	repository: object;
	author: object;
	engines: object;
	peerDependencies: object;
};

export const currentVersion = shared.version;

/** n8n's own tool, and what its template has beside it. The tool names the version of eslint. */
const { devDependencies } = JSON.parse(
	readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'),
) as { devDependencies: Record<string, string> };

export function manifestOf(info: ServicePackage, version: string) {
	const { license, bugs, repository, author, engines, peerDependencies } = shared;
	return {
		name: info.name,
		version,
		description: info.description,
		keywords: ['n8n-community-node-package', 'n8n', ...info.keywords],
		license,
		homepage: `https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows/tree/release/${info.tag}#readme`,
		bugs,
		repository,
		author,
		engines,
		files: ['dist'],
		n8n: {
			n8nNodesApiVersion: 1,
			strict: true,
			credentials: info.credentials.map((name) => `dist/credentials/${name}.credentials.js`),
			nodes: nodeFiles(info).map((file) => `dist/${file}.js`),
		},
		scripts: {
			build: 'n8n-node build',
			'build:watch': 'tsc --watch',
			dev: 'n8n-node dev',
			lint: 'n8n-node lint',
			'lint:fix': 'n8n-node lint --fix',
			release: 'n8n-node release',
			prepublishOnly: 'n8n-node prerelease',
		},
		publishConfig: { access: 'public', provenance: true },
		peerDependencies,
		devDependencies,
	};
}

/** The paths of the nodes without their ending, e.g. `nodes/Diga/Diga.node`. */
export function nodeFiles(info: ServicePackage): string[] {
	const [action, trigger] = nodeNames(info).map((name) => name.slice(1));
	const initial = info.folder.charAt(0);
	return [action, trigger].map((rest) => `nodes/${info.folder}/${initial}${rest ?? ''}.node`);
}

/** JSON as npm and the formatter of this repository write it. */
export function json(value: unknown): string {
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}

/** The lockfile of a package. @throws if it was made of other dependencies */
export function lockfileOf(info: ServicePackage, version: string): string {
	const lock = JSON.parse(readFileSync(LOCKFILE, 'utf8')) as {
		packages: Record<string, Record<string, unknown>>;
	};
	const { name, license, engines, peerDependencies } = manifestOf(info, version);
	const locked = lock.packages['']?.devDependencies;
	if (JSON.stringify(locked) !== JSON.stringify(devDependencies)) {
		throw new Error(
			'test/packages/package-lock.json is out of date: run npm install --package-lock-only there',
		);
	}
	const own = { name, version, license, devDependencies, engines, peerDependencies };
	return json({ ...lock, name, version, packages: { ...lock.packages, '': own } });
}
