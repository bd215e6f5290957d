import type { IDataObject } from 'n8n-workflow';
import type { Watching } from './pollState';
import { isObject } from '../values';
import { markOf } from './watchState';

/**
 * When a watch began. n8n does not keep what a trigger stores for itself while its workflow is activated, where its
 * scheduler keeps the states of polls (N8N_POLLER_DURABLE_CURSORS_ENABLED); what is stored for the whole workflow it
 * keeps. So the beginning is left there, until a poll finds that its own state was kept.
 */
const PLACE = 'n8n-nodes-dataflows';

function whatIsWatched(watching: Watching): string {
	return markOf(JSON.stringify(watching));
}

function entriesOf(shared: IDataObject): IDataObject {
	return isObject(shared[PLACE]) ? { ...shared[PLACE] } : {};
}

/** @returns epoch ms by the service's clock; undefined when nothing was left for this node and what it watches */
export function readActivation(
	shared: IDataObject,
	node: string,
	watching: Watching,
): number | undefined {
	const entry: unknown = entriesOf(shared)[node];
	const [mark, since] = Array.isArray(entry) ? (entry as unknown[]) : [];
	return mark === whatIsWatched(watching) && typeof since === 'number' ? since : undefined;
}

/** @param since epoch ms by the service's clock; undefined when it is not needed any more */
export function storeActivation(
	shared: IDataObject,
	node: string,
	{ watching, since }: { watching: Watching; since: number | undefined },
): void {
	const { [node]: before, ...others } = entriesOf(shared);
	if (since === undefined && before === undefined) return;
	const entries =
		since === undefined ? others : { ...others, [node]: [whatIsWatched(watching), since] };
	if (Object.keys(entries).length > 0) shared[PLACE] = entries;
	else Reflect.deleteProperty(shared, PLACE);
}
