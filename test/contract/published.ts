// Compares the contracts of the sandbox with the documents that the services publish.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openapiFacts, operationOf } from './openapiFacts.ts';

export const services = ['diga', 'portable'] as const;
export type ServiceName = (typeof services)[number];

/** Intended differences between the sandbox and the published document. */
const exceptions: Record<ServiceName, Array<{ at: RegExp; why: string }>> = {
	diga: [
		{
			at: /^GET \/v1\/workflow\/piece query categories:/,
			why: 'A query cannot be null, and openapi-backend reads a repeated one as a list by this type alone.',
		},
		{
			at: /^POST \/v1\/workflow\/template\/\{\}\/copy body\.variables\.\*/,
			why: 'The description of the member names the types of its values; its schema does not.',
		},
	],
	portable: [
		{
			at: /(201\.data|body)\.properties/,
			why: 'The schema says text; its generator hint says any, and the example shows a list of described properties.',
		},
		{
			at: /201\.data\.(source|destination)Spec:/,
			why: 'An object in the schema, a text in the example of the same page.',
		},
		{
			at: /propertyDefinitions\[\]\.type/,
			why: 'Upper case in the schema, lower case in the examples.',
		},
		{
			at: /201\.data\.disabled/,
			why: 'Required by the schema, missing in the example.',
		},
	],
};

export const factsFile = (service: ServiceName): string =>
	join(import.meta.dirname, 'published', `${service}.txt`);

/** The text at a path or URL. @throws Error if it cannot be read */
export async function textOf(where: string): Promise<string> {
	if (!/^https?:/.test(where)) return await readFile(where, 'utf8');
	const answer = await fetch(where);
	if (!answer.ok) throw new Error(`${where} answered ${answer.status}`);
	return await answer.text();
}

/** The OpenAPI documents in a file: JSON, YAML, or a documentation page with fenced YAML. */
export function documentsIn(text: string): Array<Record<string, unknown>> {
	const fenced = [...text.matchAll(/^`{3,4}ya?ml[^\n]*\n([\s\S]*?)^`{3,4}\s*$/gm)].map(
		([, inner = '']) => inner,
	);
	return (fenced.length > 0 ? fenced : [text]).map((one) => parse(one) as Record<string, unknown>);
}

/** The facts of the contract of the sandbox. */
export function sandboxFacts(service: ServiceName): string[] {
	const file = join(import.meta.dirname, '../sandbox/contract', `${service}.yaml`);
	return documentsIn(readFileSync(file, 'utf8')).flatMap(openapiFacts);
}

/** The stored facts of the published document. The first lines of the file name source and date. */
export function publishedFacts(service: ServiceName): string[] {
	const lines = readFileSync(factsFile(service), 'utf8').split('\n');
	return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

export interface Comparison {
	/** Published facts that the contract lacks, of operations that the sandbox has. */
	missing: string[];
	/** Facts of the contract that are not published, of published operations. */
	invented: string[];
	/** Operations of the sandbox that are not published. */
	unpublished: string[];
	/** Intended differences that no longer exist. */
	unused: string[];
}

/** Compares the operations that the sandbox has. */
export function compare(service: ServiceName, published: string[]): Comparison {
	const ours = sandboxFacts(service);
	const operations = new Set(published.map(operationOf));
	const used = new Set(ours.map(operationOf));
	const known = new Set(ours);
	const said = new Set(published);
	const allowed = new Set<string>();
	const isException = (line: string) => {
		const found = exceptions[service].find(({ at }) => at.test(line));
		if (found) allowed.add(found.why);
		return found !== undefined;
	};
	const missing = published.filter(
		(line) => used.has(operationOf(line)) && !known.has(line) && !isException(line),
	);
	const invented = ours.filter(
		(line) => operations.has(operationOf(line)) && !said.has(line) && !isException(line),
	);
	return {
		missing,
		invented,
		unpublished: [...used].filter((operation) => !operations.has(operation)),
		unused: exceptions[service].map(({ why }) => why).filter((why) => !allowed.has(why)),
	};
}
