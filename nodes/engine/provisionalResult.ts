/**
 * The result of an item that may still change after all items have run. Two executions that create the same resource
 * at the same time see only their own at first.
 */
export class ProvisionalResult<T> {
	/**
	 * @param current the result so far
	 * @param finalize returns the final result; called once, after all items have run
	 */
	constructor(
		readonly current: T,
		readonly finalize: () => Promise<T> = async () => await Promise.resolve(current),
	) {}

	/** Applies a function to the current and to the final result. */
	map<U>(change: (value: T) => U): ProvisionalResult<U> {
		return new ProvisionalResult(change(this.current), async () => change(await this.finalize()));
	}
}
