// Writes a package as a commit of its release branch.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseOf } from './catalog.ts';
import { writePackage } from './tree.ts';

export interface ReleaseCommit {
	/** E.g. `release/diga`. */
	branch: string;
	commit: string;
}

const AUTHOR = {
	name: 'n8n-nodes-dataflows',
	email: 'n8n-nodes-dataflows@users.noreply.github.com',
};

/**
 * Pushes the package that a tag names to its release branch, as a commit after the last release.
 * The commit depends on the tagged commit and the last release only. If the last release is the same, nothing is pushed.
 * @param repository a clone with the tagged commit checked out
 * @param remote its name or URL
 * @throws if the tag is not that of a package, or Git fails
 */
export async function pushRelease(
	tag: string,
	remote: string,
	repository: string,
): Promise<ReleaseCommit> {
	const { info, version } = releaseOf(tag);
	const branch = `release/${info.tag}`;
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-release-'));
	const git = (args: string[], env: NodeJS.ProcessEnv = {}) =>
		execFileSync('git', args, {
			cwd: repository,
			encoding: 'utf8',
			env: { ...process.env, GIT_INDEX_FILE: join(folder, 'index'), ...env },
			stdio: ['ignore', 'pipe', 'inherit'],
		}).trim();
	try {
		const tree = join(folder, 'tree');
		await writePackage(info, tree, version);
		git(['--work-tree', tree, 'add', '--all', '.']);
		const written = git(['write-tree']);
		const parent = git(['ls-remote', remote, `refs/heads/${branch}`]).split('\t')[0] ?? '';
		if (parent) {
			git(['fetch', '--quiet', '--no-tags', remote, parent]);
			if (git(['rev-parse', `${parent}^{tree}`]) === written) return { branch, commit: parent };
		}
		const [source, date = ''] = git(['log', '-1', '--format=%H %cI', 'HEAD']).split(' ');
		const message = `${info.name} ${version}\n\nMade of the commit ${source ?? ''} by npm run packages.`;
		const commit = git(['commit-tree', written, ...(parent ? ['-p', parent] : []), '-m', message], {
			GIT_AUTHOR_NAME: AUTHOR.name,
			GIT_AUTHOR_EMAIL: AUTHOR.email,
			GIT_AUTHOR_DATE: date,
			GIT_COMMITTER_NAME: AUTHOR.name,
			GIT_COMMITTER_EMAIL: AUTHOR.email,
			GIT_COMMITTER_DATE: date,
		});
		git(['push', '--quiet', remote, `${commit}:refs/heads/${branch}`]);
		return { branch, commit };
	} finally {
		await rm(folder, { recursive: true });
	}
}
