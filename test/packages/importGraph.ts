// Which sources a source needs: itself, what it imports, what that imports.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** The modules that a source imports, types included, as it writes them. */
export function importsOf(source: string): string[] {
	return ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName);
}

/**
 * The file of a relative import. Imports are written without an ending, as CommonJS resolves them.
 * @throws if there is no such file
 */
function resolveImport(from: string, imported: string): string {
	const path = join(dirname(from), imported);
	const file = [`${path}.ts`, join(path, 'index.ts')].find(existsSync);
	if (!file) throw new Error(`${from} imports ${imported}, which does not exist`);
	return file;
}

/**
 * @param root the folder that the paths start from
 * @param entries paths of TypeScript sources
 * @returns the paths of all sources that the entries need, sorted
 */
export function sourcesOf(root: string, entries: string[]): string[] {
	const found = new Set(entries.map((entry) => join(root, entry)));
	for (const file of found) {
		for (const imported of importsOf(readFileSync(file, 'utf8'))) {
			if (imported.startsWith('.')) found.add(resolveImport(file, imported));
		}
	}
	return [...found].map((file) => relative(root, file)).sort();
}
