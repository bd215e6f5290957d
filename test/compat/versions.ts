// Which versions of n8n the package is tested with, and what each needs. The workflow compat.yml runs the same versions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Version {
	n8n: string;
	/** The major version of Node that it is installed and run with: the npm package `node`. */
	node: number;
	/** Members of `overrides` in package.json, without which npm cannot install it. */
	overrides: Record<string, string>;
	/**
	 * How its API activates a workflow: `PATCH /rest/workflows/:id` with `active` (1.x), or
	 * `POST /rest/workflows/:id/activate` with the ID of the version to publish (2.x).
	 */
	activation: 'patch' | 'publish';
}

const end2end = JSON.parse(
	readFileSync(join(import.meta.dirname, '../e2e/package.json'), 'utf8'),
) as { devDependencies: { n8n: string }; overrides: Record<string, string> };

/** The Kafka client downloads a binary. xlsx is on no npm registry in the version that n8n names. */
const overrides = {
	'@confluentinc/kafka-javascript': 'npm:empty-npm-package@1.0.0',
	xlsx: '0.18.5',
};

/** From the oldest supported version to the version of npm start. */
export const versions: Version[] = [
	// isolated-vm is prebuilt for Node 24, and does not compile with Node 20
	{ n8n: '1.123.81', node: 24, overrides, activation: 'patch' },
	{ n8n: '2.0.3', node: 20, overrides, activation: 'publish' },
	{ n8n: '2.20.12', node: 22, overrides, activation: 'publish' },
	{
		n8n: '2.33.7',
		node: 24,
		overrides: { ...end2end.overrides, ...overrides },
		activation: 'publish',
	},
	{
		n8n: end2end.devDependencies.n8n,
		node: 24,
		overrides: end2end.overrides,
		activation: 'publish',
	},
];

/** The version that test/e2e installs. */
export const newest = end2end.devDependencies.n8n;
