import { diga } from '../../../nodes/Diga/service.ts';
import { referencesNotice } from '../../../nodes/Diga/model/references.ts';

/** The fields that take references to earlier steps. */
const REFERENCE_FIELDS = [
	'codeInput',
	'conditionGroups',
	'conditionsJson',
	'flowJson',
	'inputForm',
	'inputJson',
	'items',
	'settingsJson',
	'steps',
];

describe('the notice about references', () => {
	const operations = diga.resources.flatMap(({ value: resource, operations: all }) =>
		all.map(({ value, fields }): [string, string[]] => [
			`${resource} > ${value}`,
			fields.map(({ name }) => name),
		]),
	);
	const withReferences = operations.filter(([, names]) =>
		names.some((name) => REFERENCE_FIELDS.includes(name)),
	);

	it('precedes the fields that take references, in each operation that has one', () => {
		expect(withReferences.map(([operation]) => operation)).toEqual([
			'branch > add',
			'flow > createAndPublish',
			'flow > import',
			'step > add',
			'step > update',
			'trigger > update',
		]);
		for (const [, names] of withReferences) {
			const first = names.findIndex((name) => REFERENCE_FIELDS.includes(name));
			const notice = names.indexOf(referencesNotice.name);
			expect(notice).toBeGreaterThanOrEqual(0);
			expect(notice).toBeLessThan(first);
		}
	});
});
