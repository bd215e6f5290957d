import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../sandbox/contract');
const validator = join(import.meta.dirname, '../../node_modules/.bin/validate-api');

describe('the contracts of the sandbox', () => {
	it.each(readdirSync(folder))('%s is a valid OpenAPI document', (file) => {
		expect(() => execFileSync(validator, [join(folder, file)], { stdio: 'pipe' })).not.toThrow();
	});
});
