// compose.yaml fits the scripts that prepare and check it. No container runs here; compose.yml in .github does that.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { newest } from '../compat/versions.ts';
import { composeCredentials } from '../compose/credentials.ts';
import { exampleFiles, sandboxCredentials } from '../e2e/examples.ts';
import { queueSettings } from '../e2e/queue/settings.ts';
import { ports } from '../sandbox/all.ts';
import { APPFLOW_KEYS, APPFLOW_REGION } from '../sandbox/appflow/signature.ts';
import { manifest, root } from '../services.ts';

interface Service {
	image: string;
	profiles?: string[];
	command?: string[];
	environment?: Record<string, string>;
	ports?: string[];
	volumes?: string[];
	depends_on?: Record<string, { condition: string }>;
	deploy?: { replicas: number };
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const compose = parse(read('compose.yaml'), { merge: true }) as {
	services: Record<string, Service>;
	volumes: Record<string, unknown>;
};
const services = new Map(Object.entries(compose.services));
const all = [...services.entries()].map(([name, service]) => ({ name, ...service }));
const workflow = read('.github/workflows/compose.yml');

function service(name: string): Service {
	const found = services.get(name);
	if (!found) throw new Error(`compose.yaml has no service ${name}`);
	return found;
}

describe('compose.yaml', () => {
	it('publishes ports on loopback of the host only', () => {
		const published = all.flatMap(({ ports: list = [] }) => list);
		for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
		expect(published).toEqual(
			expect.arrayContaining(['127.0.0.1:5678:5678', '127.0.0.1:5679:5678']),
		);
		for (const port of Object.values(ports)) {
			expect(service('sandbox').ports).toContain(`127.0.0.1:${port}:${port}`);
		}
	});

	it('pins each image, and n8n at the version of npm start', () => {
		for (const { image } of all) expect(image).toMatch(/:.*\d/);
		expect(service('n8n').image).toBe(`docker.n8n.io/n8nio/n8n:\${N8N_VERSION:-${newest}}`);
		const n8n = all.filter(({ image }) => image.includes('n8nio'));
		expect(new Set(n8n.map(({ image }) => image)).size).toBe(1);
	});

	it('mounts files that exist, or that npm run compose writes, and volumes that are declared', () => {
		const prepare = read('test/compose/prepare.ts');
		for (const mount of all.flatMap(({ volumes = [] }) => volumes)) {
			const [source = ''] = mount.split(':');
			const written = /^\.\/\.compose\/(.+)$/.exec(source)?.[1];
			if (written) expect(prepare).toContain(`'${written}'`);
			else if (source.startsWith('.')) expect(existsSync(join(root, source))).toBe(true);
			else expect(Object.keys(compose.volumes)).toContain(source);
		}
	});

	it('starts each service after services that exist, and ends its one-shot services before n8n', () => {
		for (const { profiles = [], depends_on: needed = {} } of all) {
			for (const name of Object.keys(needed)) {
				// a service without the profile must not need one with it
				expect(service(name).profiles ?? profiles).toEqual(profiles);
			}
		}
		const completed = (name: string): string[] =>
			Object.entries(service(name).depends_on ?? {}).flatMap(([needed]) => [
				needed,
				...completed(needed),
			]);
		expect(completed('n8n')).toEqual(
			expect.arrayContaining(['sandbox', 'package', 'credentials', 'workflows']),
		);
		expect(completed('queue')).toEqual(
			expect.arrayContaining([
				'sandbox',
				'package',
				'redis',
				'postgres',
				'queue-credentials',
				'queue-workflows',
				'worker',
			]),
		);
	});

	it('unpacks the package where n8n looks for a package of its name', () => {
		const { name } = JSON.parse(read('package.json')) as { name: string };
		expect(service('package').command?.join(' ')).toContain(`/nodes/node_modules/${name} `);
	});

	it('has a queue with one main process and two workers that share settings', () => {
		const main = service('queue');
		const worker = service('worker');
		expect(worker.deploy?.replicas).toBe(2);
		expect(worker.command?.[0]).toBe('worker');
		expect(worker.environment).toEqual(main.environment);
		const { environment = {} } = service('postgres');
		// the settings of npm run start:queue; the containers have the default ports, and Redis has no password
		const { QUEUE_BULL_REDIS_PORT, QUEUE_BULL_REDIS_PASSWORD, DB_POSTGRESDB_PORT, ...settings } =
			queueSettings(
				{
					redis: { host: 'redis', port: 6379, password: '' },
					postgres: { host: 'postgres', port: 5432, database: 'n8n', user: 'n8n', password: 'n8n' },
				},
				main.environment?.N8N_ENCRYPTION_KEY ?? '',
			);
		expect([QUEUE_BULL_REDIS_PORT, QUEUE_BULL_REDIS_PASSWORD, DB_POSTGRESDB_PORT]).toEqual([
			'6379',
			'',
			'5432',
		]);
		expect(main.environment).toMatchObject(settings);
		expect(settings.N8N_ENCRYPTION_KEY).not.toBe('');
		for (const part of ['DB', 'USER', 'PASSWORD']) {
			const setting = part === 'DB' ? 'DATABASE' : part;
			expect(main.environment?.[`DB_POSTGRESDB_${setting}`]).toBe(environment[`POSTGRES_${part}`]);
		}
	});

	it('has the credentials of the examples, for the container of the sandboxes', () => {
		const here = sandboxCredentials({
			appflow: { url: '', region: APPFLOW_REGION, keys: APPFLOW_KEYS },
			diga: { url: '', token: '' },
			portable: { url: '', token: '' },
		});
		const credentials = composeCredentials();
		expect(credentials.map(({ id, type }) => [id, type])).toEqual(
			here.map(({ id, type }) => [id, type]),
		);
		const text = JSON.stringify(credentials);
		for (const port of Object.values(ports)) expect(text).toContain(`http://sandbox:${port}`);
		// HTTP to another machine needs it
		for (const { data } of credentials) expect(data.allowHttp).toBe(true);
		expect(services.has('sandbox')).toBe(true);
		expect(service('sandbox').environment).toHaveProperty('SANDBOX_HOST');
		expect(read('test/sandbox/server.ts')).toContain('process.env.SANDBOX_HOST');
	});

	it('is started by the workflow with scripts, services and addresses that exist', () => {
		for (const [, script = ''] of workflow.matchAll(/npm run ([\w:]+)/g)) {
			expect(manifest.scripts).toHaveProperty(script);
		}
		for (const [, name = ''] of workflow.matchAll(/up --detach (\S+)/g)) {
			expect(services.has(name)).toBe(true);
		}
		expect(workflow).toContain('compose:job -- http://127.0.0.1:5679');
		expect(existsSync(join(root, 'examples', exampleFiles[0] ?? ''))).toBe(true);
	});
});
