import { readCursorPages } from '../../engine/http/pagination';
import type { DigaPage } from '../api/pages';
import type { DigaResource } from '../api/resource';

/** How many flows, agents or templates a list reads. The largest plan has 50 flows: https://docs.diga.io/en/platform/billing */
export const LIST_LIMIT = 1000;

export async function readAll(
	load: (after?: string) => Promise<DigaPage<DigaResource>>,
): Promise<DigaResource[]> {
	return await readCursorPages<DigaResource>({ wanted: LIST_LIMIT, idOf: ({ id }) => id, load });
}
