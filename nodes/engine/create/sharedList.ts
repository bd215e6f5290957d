import type { Creation, Key, Resource } from './creation';
import { Snapshot } from './creation';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { sleep } from '../sleep';

/** For what can be done without, so long at the most. */
const SHORT_MS = 10_000;
/** After a look that failed and can be done without, none is tried for so long. */
const PAUSE_MS = 5000;

/** What a list gave; undefined when the service offers none. */
export type ListSnapshot<R extends Resource> = Snapshot<R> | undefined;

type Load<R extends Resource> = Creation<R>['list'];

/** The list of all resources of a kind, as the items of one run share it. */
export class SharedList<R extends Resource, Made extends Resource = R> {
	/** What was there before this run created any. */
	private firstLoad?: Promise<ListSnapshot<R>>;

	/** The last load that failed, and until when nobody tries again: epoch ms. */
	private failed?: { error: OperationError; until: number };

	/** One that has not begun. */
	private coming?: Promise<ListSnapshot<R>>;

	/** What is known of the server's clock, against ours: it is ahead by this at least, in ms; may be negative. */
	aheadMs = -Infinity;

	/** By key: what this run has created last, as the service answered. */
	readonly made = new Map<string, R | Made>();

	constructor(private readonly keyOf: (resource: R) => Key) {}

	/**
	 * What was there at the first look of this run. When it cannot be read, all items that wait fail with the same
	 * fault, and those that come within `keepErrorMs` as well, rather than each waits anew.
	 */
	async whole(list: Load<R>, keepErrorMs: number): Promise<ListSnapshot<R>> {
		if (this.failed && Date.now() < this.failed.until) throw this.failed.error;
		return await this.load(async () => await list(), keepErrorMs);
	}

	/** The same, for those that can do without; a fault in its place says why it is not there. */
	async ifPossible(
		list: Load<R>,
		keepRetryingMs: number,
	): Promise<ListSnapshot<R> | OperationError> {
		if (this.failed && Date.now() < this.failed.until) return this.failed.error;
		const shortMs = Math.min(SHORT_MS, keepRetryingMs / 2);
		const patiently = async () =>
			await list(shortMs).catch(async (error: unknown) => {
				// the service may have asked for a longer pause, which the gate keeps
				if (shortMs > 0 && !this.failed) return await list(0);
				throw error;
			});
		return await this.load(patiently, PAUSE_MS).catch(asOperationError);
	}

	/** The list as it is now; those that ask before it is asked for are given the same one. */
	async fresh(list: Load<R>): Promise<ListSnapshot<R>> {
		this.coming ??= sleep(0).then(async () => {
			this.coming = undefined;
			return this.taken(await list());
		});
		return await this.coming;
	}

	/** Something was created before now. @param at by the server's clock, in epoch ms */
	learnClock(at: number | undefined): void {
		if (at !== undefined) this.aheadMs = Math.max(this.aheadMs, at - Date.now());
	}

	private taken(listing: Awaited<ReturnType<Load<R>>>): ListSnapshot<R> {
		return listing && new Snapshot(listing, this.keyOf);
	}

	private async load(
		list: () => ReturnType<Load<R>>,
		keepErrorMs: number,
	): Promise<ListSnapshot<R>> {
		this.firstLoad ??= list().then(
			(listing) => this.taken(listing),
			(error: unknown) => {
				this.firstLoad = undefined;
				this.failed = { error: asOperationError(error), until: Date.now() + keepErrorMs };
				throw this.failed.error;
			},
		);
		return await this.firstLoad;
	}
}

/** The list of a kind that the items of a run share. */
export async function sharedList<Api, R extends Resource, Made extends Resource>(
	{ run }: OperationContext<Api>,
	{ kind, keyOf }: Creation<R, Made>,
): Promise<SharedList<R, Made>> {
	return await run.loadOnce(
		`list of every ${kind}`,
		async () => await Promise.resolve(new SharedList<R, Made>(keyOf)),
	);
}
