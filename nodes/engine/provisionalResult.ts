/**
 * The result of an item that may still change after all items have run. Two executions that create the same resource
 * at the same time see only their own at first.
 */
export class ProvisionalResult<T> {
	/**
	 * @param current the result so far
	 * @param finalization returns the final result; called once, after all items have run. Without it, the current
	 * result is final, and nothing of the item stays in memory for it
	 */
	constructor(
		readonly current: T,
		private readonly finalization?: () => Promise<T>,
	) {}

	get isFinal(): boolean {
		return this.finalization === undefined;
	}

	async finalize(): Promise<T> {
		return this.finalization ? await this.finalization() : this.current;
	}

	/** Applies a function to the current and to the final result. */
	map<U>(change: (value: T) => U): ProvisionalResult<U> {
		const { finalization } = this;
		return new ProvisionalResult(
			change(this.current),
			finalization && (async () => change(await finalization())),
		);
	}
}
