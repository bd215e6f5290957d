import { diga } from '../../../nodes/Diga/service.ts';
import { referencesNotice } from '../../../nodes/Diga/model/references.ts';

/** Fields in which references to earlier steps are entered. */
const ENTERED = [
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

describe('the notice of what n8n does with references', () => {
	const operations = diga.resources.flatMap(({ value: resource, operations: all }) =>
		all.map(({ value, fields }): [string, string[]] => [
			`${resource} > ${value}`,
			fields.map(({ name }) => name),
		]),
	);
	const entering = operations.filter(([, names]) => names.some((name) => ENTERED.includes(name)));

	it('stands before the fields in which they are entered, in each operation that has one', () => {
		expect(entering.map(([operation]) => operation)).toEqual([
			'branch > add',
			'flow > createAndPublish',
			'flow > import',
			'step > add',
			'step > update',
			'trigger > update',
		]);
		for (const [, names] of entering) {
			const first = names.findIndex((name) => ENTERED.includes(name));
			const notice = names.indexOf(referencesNotice.name);
			expect(notice).toBeGreaterThanOrEqual(0);
			expect(notice).toBeLessThan(first);
		}
	});
});
