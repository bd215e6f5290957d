// What the services publish of their APIs, beside what the sandbox holds both sides to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openapiFacts, operationOf } from './openapiFacts.ts';

export const services = ['diga', 'portable'] as const;
export type ServiceName = (typeof services)[number];

/** Where the sandbox knows better than the document, and why. */
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

/** The OpenAPI documents in a file: JSON, YAML, or a documentation page with fenced YAML. */
export function documentsIn(text: string): Array<Record<string, unknown>> {
	const fenced = [...text.matchAll(/^`{3,4}ya?ml[^\n]*\n([\s\S]*?)^`{3,4}\s*$/gm)].map(
		([, inner = '']) => inner,
	);
	return (fenced.length > 0 ? fenced : [text]).map((one) => parse(one) as Record<string, unknown>);
}

/** What the sandbox's own contract says. */
export function sandboxFacts(service: ServiceName): string[] {
	const file = join(import.meta.dirname, '../sandbox/contract', `${service}.yaml`);
	return documentsIn(readFileSync(file, 'utf8')).flatMap(openapiFacts);
}

/** What the service published, as it was when it was read last; the first lines say where and when. */
export function publishedFacts(service: ServiceName): string[] {
	const lines = readFileSync(factsFile(service), 'utf8').split('\n');
	return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

export interface Comparison {
	/** Published of an operation that the sandbox has, and not in its contract. */
	missing: string[];
	/** In the sandbox's contract of an operation that is published, and not published. */
	invented: string[];
	/** Operations of the sandbox of which nothing is published. */
	unpublished: string[];
	/** Exceptions that no difference needs any more. */
	unused: string[];
}

/** Compares, for the operations that the sandbox has. */
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
