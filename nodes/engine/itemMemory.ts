/** The maximum number of items per memory. */
const MAX_ITEMS = 10_000;

/**
 * Remembers the results of earlier attempts at an item, by the token of the item, as long as this process runs:
 * n8n's Retry On Fail runs the node again for all its items, in the same process. Keeps the 10,000 items that were
 * written last.
 */
export class ItemMemory<T> {
	private readonly remembered = new Map<string, T>();

	get(token: string): T | undefined {
		return this.remembered.get(token);
	}

	delete(token: string): void {
		this.remembered.delete(token);
	}

	set(token: string, value: T): void {
		this.remembered.delete(token);
		this.remembered.set(token, value);
		for (const oldest of this.remembered.keys()) {
			if (this.remembered.size <= MAX_ITEMS) break;
			this.remembered.delete(oldest);
		}
	}
}
