import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../sandbox/contract');
const validator = join(import.meta.dirname, '../../node_modules/.bin/validate-api');

describe('the contracts of the sandbox', () => {
	it.each(readdirSync(folder))('%s is a valid OpenAPI document', (file) => {
		expect(() => execFileSync(validator, [join(folder, file)], { stdio: 'pipe' })).not.toThrow();
	});

	it('Portable has none of the placeholders in the rendered documentation', () => {
		const text = readFileSync(join(folder, 'portable.yaml'), 'utf8');
		expect(text).not.toMatch(/2023-11-07|example: *123\b|\$ref: *'?https?:/);
	});
});
