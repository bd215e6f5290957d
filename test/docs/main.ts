// npm run docs: generates the reference in docs/reference.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generatedPages } from './pages.ts';

for (const { file, text } of generatedPages()) {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, text);
}
