import type { INodeListSearchItems } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import { listSearch } from '../../engine/node/editor';
import { nonBlankText } from '../../engine/values';
import { digaApi } from '../api/definition';
import type { DigaApi } from '../api/DigaApi';
import { readAll } from './readAll';

/** The languages that Diga has templates for. The picker has no field for a language. */
const LANGUAGES = ['en', 'es'];

async function templateRows(api: DigaApi): Promise<INodeListSearchItems[]> {
	const rows: INodeListSearchItems[] = [];
	for (const language of LANGUAGES) {
		const found = await readAll(async (after) => await api.templates.list({ language, after }));
		rows.push(
			...found.map(({ id, name }) => ({
				name: `${nonBlankText(name) ?? id} (${language})`,
				value: id,
			})),
		);
	}
	return rows;
}

export const templateLocator = locator('Template', {
	name: 'template',
	search: listSearch('searchTemplates', digaApi, templateRows),
	placeholder: 'e.g. 6f1c2d3e-0000-4000-8000-000000000001',
});
