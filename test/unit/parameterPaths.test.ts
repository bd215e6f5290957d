// An operation reads its fields by path, e.g. parameters.text('options.pieceVersion'). Parameters rejects a path without
// a field when it reads it. This test finds such a path in a branch that no other test runs.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { findField } from '../../nodes/engine/input/field.ts';
import { nodes, nodeSources, root } from '../services.ts';

const READ = /\bparameters\s*\.\w+(?:<[^>]*>)?\(\s*'([^']+)'/g;

/** The fields of the nodes in a folder of nodes/; those of all nodes for the engine. */
function fieldsIn(folder: string): INodeProperties[] {
	return nodes
		.filter((_, index) => folder === 'engine' || nodeSources[index]?.split('/')[1] === folder)
		.flatMap(({ description }) => description.properties);
}

/** The fields that the code of a file can read: of one operation, if the file is that of an operation. */
function fieldsFor(file: string): INodeProperties[] {
	const all = fieldsIn(file.split('/')[0] ?? '');
	const resource = basename(dirname(file));
	const operation = basename(file, '.ts');
	const own = all.filter(({ displayOptions: { show } = {} }) => {
		const { resource: resources = [], operation: operations = [] } = show ?? {};
		return resources.includes(resource) && operations.includes(operation);
	});
	return own.length > 0 ? own : all;
}

/** A collection has its fields once for each group of operations that share it. */
function hasField(fields: INodeProperties[], path: string): boolean {
	return fields.some((field) => findField([field], path) !== undefined);
}

const reads = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.flatMap((file) =>
		Array.from(
			readFileSync(join(root, 'nodes', file), 'utf8').matchAll(READ),
			([, path = '']) => [file, path] as const,
		),
	);

it('finds the reads', () => {
	expect(reads.length).toBeGreaterThan(100);
});

it.each(reads)('%s reads the field %s', (file, path) => {
	expect(hasField(fieldsFor(file), path)).toBe(true);
});
