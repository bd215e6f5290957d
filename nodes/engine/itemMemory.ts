/** So many items are remembered by each memory, the latest. */
const REMEMBERED = 10_000;

/**
 * What earlier tries at an item have come to, by the token of the item, for as long as this process lives:
 * n8n's Retry On Fail runs the node again, for all its items, in the same process.
 * Of more than 10,000 items, those that were written longest ago are forgotten.
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
			if (this.remembered.size <= REMEMBERED) break;
			this.remembered.delete(oldest);
		}
	}
}
