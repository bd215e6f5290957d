import { bodyOf, checked } from './appflowForm.ts';
import { examples } from './appflowExamples.ts';

describe('Create flow: bodies that are known to be right', () => {
	it.each(examples)('come out of the form: $title', ({ form, body }) => {
		expect(bodyOf(form)).toEqual(body);
	});

	it.each(examples)('pass as JSON, unchanged: $title', ({ body }) => {
		expect(checked(body)).toEqual(body);
	});
});
