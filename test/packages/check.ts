// npm run packages:check: each package, outside of this repository, installs, lints, builds and packs alone, passes n8n's
// scanner, and is released by a rehearsal with a local Git repository. The tarball of the release branch is the same, byte by byte.
// Names of packages limit it to them. Needs npm's registry.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servicePackages } from './catalog.ts';
import type { ServicePackage } from './catalog.ts';
import { pushRelease } from './releaseBranch.ts';
import { packOf } from './pack.ts';
import { scan } from './scan.ts';
import { findPackageRoot } from './scanner.mjs';
import { writePackage } from './tree.ts';

const VERSION = '1.2.3';
const work = await mkdtemp(join(tmpdir(), 'n8n-nodes-packages-'));
const remote = join(work, 'remote.git');
const repository = join(work, 'repository');
/** The packages have the same dependencies: they are installed once and move from one to the next. */
let installed: string | undefined;

/** Runs a command, and shows its output if it fails. */
function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): void {
	try {
		execFileSync(command, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: 'pipe',
			maxBuffer: 2 ** 26,
		});
	} catch (error) {
		if (error instanceof Error && 'stdout' in error && 'stderr' in error) {
			console.error(`${String(error.stdout)}\n${String(error.stderr)}`);
		}
		throw new Error(`${command} ${args.join(' ')} failed in ${cwd}`);
	}
}

async function step(what: string, action: () => Promise<void> | void): Promise<void> {
	const started = Date.now();
	await action();
	console.log(`  ${what}: ${Math.round((Date.now() - started) / 1000)} s`);
}

async function install(folder: string): Promise<void> {
	const modules = join(folder, 'node_modules');
	if (installed) await rename(installed, modules);
	else run('npm', ['ci', '--no-audit', '--no-fund'], folder);
	installed = modules;
}

/** A repository to release from, and a remote that takes the release branch. */
async function prepare(): Promise<void> {
	await mkdir(repository);
	run('git', ['init', '--quiet', '--bare', remote], work);
	run('git', ['init', '--quiet'], repository);
	const author = ['-c', 'user.name=Check', '-c', 'user.email=check@dataflows.example'];
	run('git', [...author, 'commit', '--quiet', '--allow-empty', '-m', 'Tagged'], repository);
}

/** Writes the release branch, twice, and clones it. @returns the clone at the commit that is published */
async function release(info: ServicePackage): Promise<string> {
	const tag = `${info.tag}-v${VERSION}`;
	const { branch, commit } = await pushRelease(tag, remote, repository);
	const again = await pushRelease(tag, remote, repository);
	if (again.commit !== commit) throw new Error(`A second release of ${tag} is another commit`);
	const clone = join(work, `${info.name}-released`);
	run('git', ['clone', '--quiet', '--branch', branch, remote, clone], work);
	run('git', ['-c', 'advice.detachedHead=false', 'checkout', '--quiet', commit], clone);
	return clone;
}

async function check(info: ServicePackage): Promise<void> {
	const folder = join(work, info.name);
	await writePackage(info, folder, VERSION);
	await step('npm ci', async () => {
		await install(folder);
	});
	await step('npm run lint, strict', () => {
		run('npm', ['run', 'lint'], folder);
	});
	await step('npm run build', () => {
		run('npm', ['run', 'build'], folder);
	});
	const tarball = await packOf(folder, work);
	await step("n8n's scanner", async () => {
		await scan(folder, tarball);
	});
	const bytes = await readFile(tarball);
	await step('release, build and npm publish --dry-run from its commit', async () => {
		const clone = await release(info);
		// n8n's scanner finds the package in the commit that the provenance statement names
		if (findPackageRoot(clone, info.name) !== clone) {
			throw new Error(`The scanner does not find ${info.name} at the root of its branch`);
		}
		await install(clone);
		run('npm', ['run', 'build'], clone);
		run('npm', ['publish', '--dry-run'], clone, { RELEASE_MODE: 'true' });
		if (!bytes.equals(await readFile(await packOf(clone, work)))) {
			throw new Error(`The tarballs of two builds of ${info.name} differ`);
		}
	});
}

try {
	await prepare();
	const named = process.argv.slice(2);
	for (const info of servicePackages) {
		if (named.length > 0 && !named.includes(info.name)) continue;
		console.log(info.name);
		await check(info);
	}
} finally {
	await rm(work, { recursive: true });
}
