// A saved workflow holds resource, operation, parameter and option values. It breaks when one of them changes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodes } from '../services.ts';
import { storedValues } from './storedValues.ts';

const fixture = join(import.meta.dirname, '../fixtures/storedValues.json');
const saved = JSON.parse(readFileSync(fixture, 'utf8')) as Record<string, string[]>;

/** UPDATE_STORED_VALUES=1 adds new values to the fixture. It removes none: that takes a migration and an edit by hand. */
const isUpdate = Boolean(process.env.UPDATE_STORED_VALUES);

describe('the values that workflows store', () => {
	it.each(nodes.map(({ description }) => [description.name, description] as const))(
		'are those of the fixture for %s',
		(name, description) => {
			const current = storedValues(description);
			const removed = (saved[name] ?? []).filter((line) => !current.includes(line));
			expect(removed).toEqual([]);
			if (isUpdate) saved[name] = current;
			// to add values: UPDATE_STORED_VALUES=1 npm run test:unit -- --testPathPatterns storedValues
			expect(current).toEqual(saved[name]);
		},
	);

	afterAll(() => {
		if (isUpdate) writeFileSync(fixture, `${JSON.stringify(saved, null, '\t')}\n`);
	});
});
