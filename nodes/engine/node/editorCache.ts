import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';

/** How long a list is used while a user types or scrolls. */
const MAX_AGE_MS = 60_000;
/** The maximum number of lists and pages in memory. */
const MAX_ENTRIES = 200;

const entries = new Map<string, { at: number; data: unknown }>();

/** Identifies data of an account. @param more what else the data depends on, e.g. the name of the search */
export async function editorKey(
	context: ILoadOptionsFunctions,
	credential: string,
	...more: unknown[]
): Promise<string> {
	const data = await context.getCredentials(credential);
	return createHash('sha256')
		.update(JSON.stringify([credential, data, ...more]))
		.digest('hex');
}

/**
 * Loads data, or returns what was loaded up to a minute ago, so that typing and scrolling do not load it again.
 * @param isFresh always loads, e.g. when the user opens the list
 */
export async function loadCached<Data>(
	key: string,
	isFresh: boolean,
	load: () => Promise<Data>,
): Promise<Data> {
	const known = entries.get(key);
	// a key is used with one type of data only, because it contains the name of the search
	if (known && !isFresh && Date.now() < known.at + MAX_AGE_MS) return known.data as Data;
	entries.delete(key);
	const data = await load();
	entries.set(key, { at: Date.now(), data });
	for (const oldest of entries.keys()) {
		if (entries.size <= MAX_ENTRIES) break;
		entries.delete(oldest);
	}
	return data;
}
