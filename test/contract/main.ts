// npm run contract -- diga FILE ...     compares the contract of the sandbox with a published document
// npm run contract -- diga --write SOURCE FILE ...     stores the facts of the document; SOURCE names it and its date
// FILE is a path or a URL of JSON, YAML, or a documentation page with fenced YAML.
import { writeFile } from 'node:fs/promises';
import { openapiFacts, operationOf } from './openapiFacts.ts';
import { compare, documentsIn, factsFile, sandboxFacts, services, textOf } from './published.ts';

const [named, ...rest] = process.argv.slice(2);
const service = services.find((one) => one === named);
const source = rest[0] === '--write' ? rest[1] : undefined;
const files = source === undefined ? rest : rest.slice(2);
if (!service || files.length === 0) {
	console.log('Usage: npm run contract -- diga|portable [--write "SOURCE, DATE"] FILE ...');
	process.exit(1);
}
const texts = await Promise.all(files.map(textOf));
const published = texts.flatMap(documentsIn).flatMap(openapiFacts);
if (source !== undefined) {
	const used = new Set(sandboxFacts(service).map(operationOf));
	const lines = published.filter((line) => used.has(operationOf(line))).sort();
	const head = [
		`# What ${service === 'diga' ? 'Diga' : 'Portable'} publishes of the operations that this package uses, a fact a line.`,
		`# Read from ${source}.`,
	];
	await writeFile(factsFile(service), `${[...head, ...lines].join('\n')}\n`);
}
const { missing, invented, unpublished, unused } = compare(service, published);
for (const line of missing) console.log(`- ${line}`);
for (const line of invented) console.log(`+ ${line}`);
for (const line of unpublished) console.log(`? ${line}: not published`);
for (const why of unused) console.log(`! no longer needed: ${why}`);
const differences = missing.length + invented.length + unused.length;
console.log(`${published.length} facts published, ${differences} differences`);
process.exit(differences === 0 ? 0 : 1);
