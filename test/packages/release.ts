// npm run release-package -- portable-v1.2.3 --push origin: writes the package to its release branch.
// Standard output: `branch=...` and `commit=...`, as GitHub Actions reads them. See docs/packages.md.
import { parseArgs } from 'node:util';
import { root } from './manifest.ts';
import { pushRelease } from './releaseBranch.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { push: { type: 'string' } },
});
const [tag] = positionals;
if (!tag || !values.push) {
	console.error('npm run release-package -- TAG --push REMOTE');
	process.exit(2);
}
const { branch, commit } = await pushRelease(tag, values.push, root);
console.log(`branch=${branch}\ncommit=${commit}`);
