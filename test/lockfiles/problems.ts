// What is wrong with a lockfile of npm: packages from elsewhere than the registry, packages without a checksum, and
// versions that package.json does not ask for. lockfile-lint checks `resolved` alone, which these lockfiles omit.

interface LockedPackage {
	name?: string;
	version?: string;
	resolved?: string;
	integrity?: string;
	link?: boolean;
	inBundle?: boolean;
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
}

export interface Lockfile {
	lockfileVersion?: number;
	packages?: Record<string, LockedPackage>;
}

/** The parts of package.json that a lockfile repeats. */
export interface Manifest {
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
}

const REGISTRY = 'https://registry.npmjs.org/';

function problemsOf(place: string, locked: LockedPackage): string[] {
	const { version, resolved, integrity, link, inBundle } = locked;
	if (!place.startsWith('node_modules/') || link === true) {
		return [`${place} is not a package of the registry`];
	}
	const problems: string[] = [];
	if (version === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
		problems.push(`${place} has no exact version: ${version}`);
	}
	if (resolved !== undefined && !resolved.startsWith(REGISTRY)) {
		problems.push(`${place} is not from the registry: ${resolved}`);
	}
	// what is bundled is covered by the checksum of its bundle
	if (inBundle !== true && !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')) {
		problems.push(`${place} has no SHA-512 checksum`);
	}
	return problems;
}

function sameRanges(ours: Record<string, string> = {}, locked: Record<string, string> = {}) {
	const names = new Set([...Object.keys(ours), ...Object.keys(locked)]);
	return [...names].filter((name) => ours[name] !== locked[name]);
}

/** The sources of dependencies that are no version, e.g. of a Git repository. An alias of a package is one. */
function foreign(ranges: Record<string, string> = {}): string[] {
	return Object.entries(ranges).flatMap(([name, range]) =>
		/^(?!npm:)[a-z+]+:|^[\w-]+\//i.test(range)
			? [`${name} is not from the registry: ${range}`]
			: [],
	);
}

/** @returns a sentence for each problem */
export function problemsIn(lockfile: Lockfile, manifest: Manifest): string[] {
	const { lockfileVersion, packages: { '': root, ...others } = {} } = lockfile;
	if (lockfileVersion !== 3 || !root) return ['The lockfile has not version 3'];
	const stale = [
		...sameRanges(manifest.dependencies, root.dependencies),
		...sameRanges(manifest.devDependencies, root.devDependencies),
	];
	return [
		...stale.map((name) => `${name} has another range in package.json`),
		...foreign(manifest.dependencies),
		...foreign(manifest.devDependencies),
		...Object.entries(others).flatMap(([place, locked]) => problemsOf(place, locked)),
	];
}
