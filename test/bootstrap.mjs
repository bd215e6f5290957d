// Runs a tool of this project: `node test/bootstrap.mjs <tool.ts> [arguments]`.
// Works on a fresh clone with any Node from 20 on: installs what is missing, says what it is doing,
// and then runs the tool on the Node 24 that n8n needs, which the npm package "node" brings.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const logs = join(root, '.cache');

// Debian's PostgreSQL is not on PATH
const has = (command) =>
	spawnSync('sh', ['-c', `command -v ${command} || ls /usr/lib/postgresql/*/bin/${command}`])
		.status === 0;

/** Runs a long command into a log file, and shows that it is alive. */
async function long(what, command, args, options) {
	mkdirSync(logs, { recursive: true });
	const log = join(logs, `${what.replace(/\W+/g, '-')}.log`);
	const out = openSync(log, 'w');
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	console.log(`${what} ...`);
	const alive = setInterval(() => console.log(`  still at it after ${seconds()} s`), 20_000);
	const code = await new Promise((resolve) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', out, out] });
		child.on('error', () => resolve(127)).on('exit', resolve);
	});
	clearInterval(alive);
	closeSync(out);
	console.log(code === 0 ? `  done in ${seconds()} s` : `  failed, see ${relative(root, log)}`);
	if (code !== 0) console.log(readFileSync(log, 'utf8').split('\n').slice(-25).join('\n'));
	return code === 0;
}

/**
 * Installs the npm packages of a folder as its lockfile says, unless they are there.
 * @returns false when that failed
 */
async function npmPackages(what, folder) {
	const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
	const wanted = lock.digest('hex');
	const stamp = join(folder, 'node_modules', '.installed-from');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
	// not npm ci: it refuses a lockfile in which the optional binaries of other platforms are not listed
	const install = ['install', '--no-save', '--no-audit', '--no-fund'];
	const installed = await long(`Installing ${what}`, 'npm', install, {
		cwd: folder,
		env: { ...process.env, npm_config_yes: 'true' },
	});
	if (installed) writeFileSync(stamp, wanted);
	return installed;
}

/**
 * Installs Debian packages whose commands are missing, where that can be done without asking.
 * @returns false when commands are missing still
 */
async function debianPackages(packages) {
	const missing = Object.keys(packages).filter((command) => !has(command));
	if (missing.length === 0) return true;
	const names = missing.map((command) => packages[command]).join(' ');
	const root = process.getuid?.() === 0;
	const sudo = root ? '' : 'sudo -n ';
	const allowed = root || spawnSync('sudo', ['-n', 'true']).status === 0;
	const install = `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${names}`;
	if (has('apt-get') && allowed && (await long(`Installing ${names}`, 'sh', ['-c', install])))
		return true;
	console.log(`Missing: ${missing.join(', ')}. On Debian: apt-get install ${names}`);
	return false;
}

const [tool, ...args] = process.argv.slice(2);
const isTestRun = tool.endsWith('all.ts');
/** Whether a part of npm test is run: all are, unless some are named. */
const runs = (part) => isTestRun && (args.length === 0 || args.includes(part));
const onlyHelps = args.includes('--help');
/** Whether the n8n of test/e2e is used. compose.yaml has its own, and test:compat installs the other versions. */
const needsE2e = () => {
	if (onlyHelps) return false;
	if (isTestRun) return runs('e2e');
	if (tool.startsWith('test/compose/')) return false;
	if (!tool.endsWith('compat/main.ts')) return true;
	const named = args.filter((one) => !one.startsWith('--'));
	const { devDependencies } = JSON.parse(readFileSync(join(root, 'test/e2e/package.json'), 'utf8'));
	return named.length === 0 || named.includes(devDependencies.n8n);
};
// CHROMIUM is for those who have another browser of the kind
const needsBrowser = runs('e2e') && !process.env.CHROMIUM;
const startsQueue = /(startQueue|bench\/queue)\.ts$/.test(tool) && !onlyHelps;

// n8n's SQLite driver is compiled where its prebuilt binary cannot be downloaded
if (!onlyHelps) await debianPackages({ 'g++': 'g++', make: 'make', python3: 'python3' });
const ready =
	(await npmPackages('the npm packages of the project (a minute)', root)) &&
	(!needsE2e() || (await npmPackages('n8n (3 GB, some minutes, once)', join(root, 'test/e2e')))) &&
	(!runs('engine-oldest') ||
		(await npmPackages(
			'the engine of the oldest n8n (350 MB, once)',
			join(root, 'test/compat/oldest'),
		))) &&
	(!needsBrowser || (await debianPackages({ chromium: 'chromium' })));
if (!ready) process.exit(1);
if (startsQueue || runs('e2e')) {
	const servers = { 'redis-server': 'redis-server', initdb: 'postgresql' };
	const installed = await debianPackages(servers);
	if (!installed && startsQueue) process.exit(1);
	if (!installed)
		console.log('Without them, the tests of queue mode do not run, and count as failed.');
}

const bin = join(root, 'node_modules/.bin');
const child = spawn(join(bin, 'node'), [join(root, tool), ...args], {
	cwd: root,
	stdio: 'inherit',
	env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
