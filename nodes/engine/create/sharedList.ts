import type { Creation, Key, Resource } from './creation';
import { Snapshot } from './creation';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { sleep } from '../sleep';

/** How long an optional list is retried at most. */
const OPTIONAL_RETRY_MS = 10_000;
/** How long an optional list is not requested again after it has failed. */
const FAILURE_PAUSE_MS = 5000;

/** The list at one point in time. Undefined if the service does not offer one. */
export type ListSnapshot<R extends Resource> = Snapshot<R> | undefined;

type Load<R extends Resource> = Creation<R>['list'];

/** The list of all resources of a kind, shared by the items of a node run. */
export class SharedList<R extends Resource, New extends Resource = R> {
	/** The list before this node run created anything. */
	private initialLoad?: Promise<ListSnapshot<R>>;

	/** The error of the last failed load, and when the next load is allowed, in epoch ms. */
	private failed?: { error: OperationError; until: number };

	/** A load that has not been sent yet. */
	private nextLoad?: Promise<ListSnapshot<R>>;

	/** How far the server's clock is at least ahead of this machine's, in ms. Can be negative. */
	minClockSkewMs = -Infinity;

	/** The last resource that this node run created, by key, as in the service's response. */
	readonly created = new Map<string, R | New>();

	constructor(private readonly keyOf: (resource: R) => Key) {}

	/**
	 * The list as first loaded in this node run. If it cannot be loaded, all waiting items fail with the same error,
	 * and so do items that ask within `keepErrorMs`, instead of retrying one after another.
	 */
	async initial(list: Load<R>, keepErrorMs: number): Promise<ListSnapshot<R>> {
		if (this.failed && Date.now() < this.failed.until) throw this.failed.error;
		return await this.load(async () => await list(), keepErrorMs);
	}

	/** As {@link initial}, for items that do not need the list. Returns the error if it cannot be loaded. */
	async initialIfAvailable(
		list: Load<R>,
		keepRetryingMs: number,
	): Promise<ListSnapshot<R> | OperationError> {
		if (this.failed && Date.now() < this.failed.until) return this.failed.error;
		const retryMs = Math.min(OPTIONAL_RETRY_MS, keepRetryingMs / 2);
		const withRetry = async () =>
			await list(retryMs).catch(async (error: unknown) => {
				// the service may have requested a longer pause; the rate limiter waits for its end
				if (retryMs > 0 && !this.failed) return await list(0);
				throw error;
			});
		return await this.load(withRetry, FAILURE_PAUSE_MS).catch(asOperationError);
	}

	/** The current list. Callers share a request that has not been sent yet. */
	async fresh(list: Load<R>): Promise<ListSnapshot<R>> {
		this.nextLoad ??= sleep(0).then(async () => {
			this.nextLoad = undefined;
			return this.snapshot(await list());
		});
		return await this.nextLoad;
	}

	/**
	 * Updates the clock skew from a resource that was created before now.
	 * @param createdAt by the server's clock, in epoch ms
	 */
	recordServerTime(createdAt: number | undefined): void {
		if (createdAt === undefined) return;
		this.minClockSkewMs = Math.max(this.minClockSkewMs, createdAt - Date.now());
	}

	private snapshot(listing: Awaited<ReturnType<Load<R>>>): ListSnapshot<R> {
		return listing && new Snapshot(listing, this.keyOf);
	}

	private async load(
		list: () => ReturnType<Load<R>>,
		keepErrorMs: number,
	): Promise<ListSnapshot<R>> {
		this.initialLoad ??= list().then(
			(listing) => this.snapshot(listing),
			(error: unknown) => {
				this.initialLoad = undefined;
				this.failed = { error: asOperationError(error), until: Date.now() + keepErrorMs };
				throw this.failed.error;
			},
		);
		return await this.initialLoad;
	}
}

/** Returns the list of a kind that the items of a node run share. */
export async function sharedList<Api, R extends Resource, New extends Resource>(
	{ run }: OperationContext<Api>,
	{ kind, keyOf }: Creation<R, New>,
): Promise<SharedList<R, New>> {
	return await run.loadOnce(
		`list of every ${kind}`,
		async () => await Promise.resolve(new SharedList<R, New>(keyOf)),
	);
}
