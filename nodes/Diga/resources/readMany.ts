import { readCursorList } from '../../engine/http/pagination';
import type { CursorPages } from '../../engine/http/pagination';
import { warnIncomplete, wantedCount } from '../../engine/input/getMany';
import type { OperationContext } from '../../engine/operation';
import type { DigaApi } from '../api/DigaApi';

/**
 * Reads the results of a Get Many operation with `getManyFields`. Adds a hint if the list is incomplete.
 * @param load receives also the number of results that the user wants; Infinity for all
 */
export async function readMany<R>(
	{ parameters, run, item }: OperationContext<DigaApi>,
	idOf: CursorPages<R>['idOf'],
	load: (after: string | undefined, wanted: number) => ReturnType<CursorPages<R>['load']>,
): Promise<R[]> {
	const wanted = wantedCount(parameters);
	const list = await readCursorList<R>({
		wanted,
		idOf,
		load: async (after) => await load(after, wanted),
	});
	warnIncomplete(run, item, list);
	return list.results;
}
