import type { IDataObject } from 'n8n-workflow';
import type { Watching } from './pollState';
import { isObject } from '../values';
import { markOf } from './watchState';

/**
 * The property of the workflow's static data with the start of each watch. With N8N_POLLER_DURABLE_CURSORS_ENABLED,
 * n8n discards the node's static data from the activation of the workflow, but keeps the workflow's. So the start is
 * stored there until a poll finds that the node's state was kept.
 */
const PROPERTY = 'n8n-nodes-dataflows';

function watchedMark(watching: Watching): string {
	return markOf(JSON.stringify(watching));
}

function entriesOf(shared: IDataObject): IDataObject {
	return isObject(shared[PROPERTY]) ? { ...shared[PROPERTY] } : {};
}

/** @returns when the watch started, in epoch ms by the service's clock; undefined if it is not stored */
export function readActivation(
	shared: IDataObject,
	node: string,
	watching: Watching,
): number | undefined {
	const entry: unknown = entriesOf(shared)[node];
	const [mark, since] = Array.isArray(entry) ? (entry as unknown[]) : [];
	return mark === watchedMark(watching) && typeof since === 'number' ? since : undefined;
}

/** @param since when the watch started, in epoch ms by the service's clock; undefined removes it */
export function storeActivation(
	shared: IDataObject,
	node: string,
	{ watching, since }: { watching: Watching; since: number | undefined },
): void {
	const { [node]: before, ...others } = entriesOf(shared);
	if (since === undefined && before === undefined) return;
	const entries =
		since === undefined ? others : { ...others, [node]: [watchedMark(watching), since] };
	if (Object.keys(entries).length > 0) shared[PROPERTY] = entries;
	else Reflect.deleteProperty(shared, PROPERTY);
}
