/**
 * What an item has come to, and may exchange when all items have been run: two executions that create the same
 * at the same moment each see only their own at first.
 */
export class Settling<T> {
	/**
	 * @param now what the item has so far
	 * @param settle what it has in the end; called once, when all items have been run
	 */
	constructor(
		readonly now: T,
		readonly settle: () => Promise<T> = async () => await Promise.resolve(now),
	) {}

	/** The same, shown in another way. */
	map<U>(show: (value: T) => U): Settling<U> {
		return new Settling(show(this.now), async () => show(await this.settle()));
	}
}
