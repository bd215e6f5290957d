import { locator } from '../../engine/input/locator';
import { pagedSearch } from '../../engine/node/pagedSearch';
import { nonBlankText } from '../../engine/values';
import { digaApi } from '../api/definition';

/** The languages that Diga has templates for, in the order of the list. The picker has no field for a language. */
const LANGUAGES = ['en', 'es'];

/** The templates of one language after another. A cursor is the language, a colon, and Diga's cursor. */
const searchTemplates = pagedSearch('searchTemplates', digaApi, {
	load: async (api, cursor = 'en:') => {
		const [language = '', ...rest] = cursor.split(':');
		const after = rest.join(':');
		const { results, next } = await api.templates.list({
			language,
			...(after !== '' && { after }),
		});
		const following = LANGUAGES[LANGUAGES.indexOf(language) + 1];
		const last = following === undefined ? undefined : `${following}:`;
		return {
			rows: results.map(({ id, name }) => ({
				name: `${nonBlankText(name) ?? id} (${language})`,
				value: id,
			})),
			next: next === undefined ? last : `${language}:${next}`,
		};
	},
});

export const templateLocator = locator('Template', {
	name: 'template',
	search: searchTemplates,
	placeholder: 'e.g. 6f1c2d3e-0000-4000-8000-000000000001',
});
