const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

const copied = ['icons/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

/** What n8n needs beside the compiled code, and tsc leaves behind: icons, codex files, output schemas. */
function copy() {
	return src(copied, { base: '.' }).pipe(dest('dist'));
}

/** A file deleted from the sources must not live on in the package. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

exports.clean = clean;
exports.default = copy;
