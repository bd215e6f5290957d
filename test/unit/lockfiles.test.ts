import { problemsIn } from '../lockfiles/problems.ts';
import type { Lockfile } from '../lockfiles/problems.ts';

const integrity = `sha512-${'A'.repeat(86)}==`;
const manifest = { devDependencies: { jest: '^30.0.0' } };

function lockfile(locked: object, place = 'node_modules/jest'): Lockfile {
	return { lockfileVersion: 3, packages: { '': manifest, [place]: locked } };
}

it('a lockfile with exact versions, checksums and the ranges of package.json is in order', () => {
	expect(problemsIn(lockfile({ version: '30.0.0', integrity }), manifest)).toEqual([]);
	const bundled = { version: '30.0.0', inBundle: true };
	expect(problemsIn(lockfile(bundled), manifest)).toEqual([]);
	const resolved = 'https://registry.npmjs.org/jest/-/jest-30.0.0.tgz';
	expect(problemsIn(lockfile({ version: '30.0.0', integrity, resolved }), manifest)).toEqual([]);
});

it.each([
	['no checksum', { version: '30.0.0' }],
	['a weak checksum', { version: '30.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
	['another registry', { version: '30.0.0', integrity, resolved: 'https://example.com/jest.tgz' }],
	['a repository', { version: '30.0.0', integrity, resolved: 'git+ssh://git@github.com/a/b.git' }],
	['no version', { integrity }],
	['a link', { link: true }],
])('a package with %s is a problem', (_what, locked) => {
	expect(problemsIn(lockfile(locked), manifest)).toEqual([
		expect.stringContaining('node_modules/jest'),
	]);
});

it('a package outside of node_modules is a problem', () => {
	expect(problemsIn(lockfile({ version: '1.0.0', integrity }, 'vendor/jest'), manifest)).toEqual([
		'vendor/jest is not a package of the registry',
	]);
});

it('a lockfile that does not fit package.json is a problem', () => {
	const locked = lockfile({ version: '30.0.0', integrity });
	expect(problemsIn(locked, { devDependencies: { jest: '^31.0.0' } })).toHaveLength(1);
	expect(
		problemsIn(locked, { devDependencies: { ...manifest.devDependencies, knip: '^6.0.0' } }),
	).toEqual(['knip has another range in package.json']);
	expect(problemsIn({ lockfileVersion: 2, packages: {} }, manifest)).toHaveLength(1);
});

it('a dependency on a repository or a file is a problem; an alias of a package is not', () => {
	const ranges = (range: string) => {
		const own = { devDependencies: { jest: range } };
		return problemsIn({ lockfileVersion: 3, packages: { '': own } }, own);
	};
	for (const range of ['github:a/b', 'a/b', 'file:../jest', 'https://example.com/jest.tgz']) {
		expect(ranges(range)).toHaveLength(1);
	}
	for (const range of ['^1.0.0', '6.0', 'npm:jest@1.0.0', '*']) expect(ranges(range)).toEqual([]);
});
