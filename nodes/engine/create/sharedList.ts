import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { sleep } from '../sleep';
import type { Creation, Key, Resource } from './creation';
import { ListReader } from './listReader';
import type { ListSnapshot } from './listReader';

/** How long an optional list is retried at most. */
const OPTIONAL_RETRY_MS = 10_000;
/** How long an optional list is not requested again after it has failed. */
const FAILURE_PAUSE_MS = 5000;

/** The resources of a list that have one key. */
export interface Matches<R extends Resource> {
	matching: R[];
	/** Why there may be more, as a sentence. Undefined if the list is complete, as far as it was meant to be read. */
	incomplete?: string;
	/** Whether creation times confirm that the list is sorted newest first. */
	isSorted: boolean;
}

/** The list of all resources of a kind, shared by the items of a node run. */
export class SharedList<R extends Resource, New extends Resource = R> {
	/** The whole list, and its newest part, as first loaded in this node run. */
	private readonly loads = new Map<'whole' | 'newest', Promise<ListSnapshot<R>>>();

	/** The error of the last failed load, and when the next load is allowed, in epoch ms. */
	private failed?: { error: OperationError; until: number };

	/** Loads that have not been sent yet: of the whole list, and from a time on. */
	private nextCurrent?: Promise<ListSnapshot<R>>;

	private nextSince?: { fromMs: number; load: Promise<ListSnapshot<R>> };

	/** How many resources were read one by one. */
	private confirmed = 0;

	/** The whole list, read because reading resources one by one would have taken more requests. */
	private wholeAgain?: Promise<ListSnapshot<R>>;

	/** How far the server's clock is at least ahead of this machine's, in ms. Can be negative. */
	minClockSkewMs = -Infinity;

	/** The last resource that this node run created, by key, as in the service's response. */
	readonly created = new Map<string, R | New>();

	constructor(private readonly reader: ListReader<R>) {}

	/**
	 * The whole list as first loaded in this node run. If it cannot be loaded, all waiting items fail with the same error,
	 * and so do items that ask within `keepErrorMs`, instead of retrying one after another.
	 */
	async whole(keepErrorMs: number): Promise<ListSnapshot<R>> {
		if (this.failed && Date.now() < this.failed.until) throw this.failed.error;
		return await this.load('whole', async () => await this.reader.current(), keepErrorMs);
	}

	/**
	 * What is needed to tell new resources from old: the newest page if the service sorts the list, otherwise the whole
	 * list, as first loaded in this node run. Returns the error if it cannot be loaded.
	 */
	async newest(keepRetryingMs: number): Promise<ListSnapshot<R> | OperationError> {
		if (this.failed && Date.now() < this.failed.until) return this.failed.error;
		const retryMs = Math.min(OPTIONAL_RETRY_MS, keepRetryingMs / 2);
		const withRetry = async () =>
			await this.reader.newest(retryMs).catch(async (error: unknown) => {
				// the service may have requested a longer pause; the rate limiter waits for its end
				if (retryMs > 0 && !this.failed) return await this.reader.newest(0);
				throw error;
			});
		const whole = this.loads.get('whole');
		if (whole) return await whole.catch(asOperationError);
		return await this.load('newest', withRetry, FAILURE_PAUSE_MS).catch(asOperationError);
	}

	/**
	 * All current resources with a key. Undefined if the service does not offer a list. Callers share a request that has
	 * not been sent yet.
	 */
	async currentMatching(key: Key): Promise<R[] | undefined> {
		const listing = await this.current();
		return listing && (await this.matching(listing, key));
	}

	/**
	 * As {@link currentMatching}, but may lack resources that were created before a time.
	 * @param fromMs in epoch ms by the service's clock; −Infinity for all resources
	 */
	async matchingSince(fromMs: number, key: Key): Promise<Matches<R> | undefined> {
		const listing = await this.since(fromMs);
		if (!listing) return undefined;
		const { incomplete, isSorted } = listing;
		return { matching: await this.matching(listing, key), incomplete, isSorted };
	}

	private async current(): Promise<ListSnapshot<R>> {
		this.nextCurrent ??= sleep(0).then(async () => {
			this.nextCurrent = undefined;
			return await this.reader.current();
		});
		return await this.nextCurrent;
	}

	private async since(fromMs: number): Promise<ListSnapshot<R>> {
		if (this.nextSince) {
			this.nextSince.fromMs = Math.min(this.nextSince.fromMs, fromMs);
			return await this.nextSince.load;
		}
		const next: { fromMs: number; load: Promise<ListSnapshot<R>> } = {
			fromMs,
			load: sleep(0).then(async () => {
				this.nextSince = undefined;
				return await this.reader.since(next.fromMs);
			}),
		};
		this.nextSince = next;
		return await next.load;
	}

	/**
	 * All resources with a key. Reads those that are known from an index only, because they may have changed. If that
	 * takes more requests than the list, reads the list instead, once.
	 */
	async matching(snapshot: NonNullable<ListSnapshot<R>>, key: Key): Promise<R[]> {
		const unread = snapshot.unread(key);
		this.confirmed += unread.length;
		if (unread.length > 0 && this.confirmed > this.reader.pages) {
			const read = async () => await this.reader.whole();
			const whole = await (this.wholeAgain ??= read());
			if (whole) this.loads.set('whole', Promise.resolve(whole));
			return whole ? await this.reader.read(whole, key) : [];
		}
		return await this.reader.read(snapshot, key);
	}

	/**
	 * Updates the clock skew from a resource that was created before now.
	 * @param createdAt by the server's clock, in epoch ms
	 */
	recordServerTime(createdAt: number | undefined): void {
		if (createdAt === undefined) return;
		this.minClockSkewMs = Math.max(this.minClockSkewMs, createdAt - Date.now());
	}

	private async load(
		part: 'whole' | 'newest',
		read: () => Promise<ListSnapshot<R>>,
		keepErrorMs: number,
	): Promise<ListSnapshot<R>> {
		const loading =
			this.loads.get(part) ??
			read().catch((error: unknown) => {
				this.loads.delete(part);
				this.failed = { error: asOperationError(error), until: Date.now() + keepErrorMs };
				throw this.failed.error;
			});
		this.loads.set(part, loading);
		return await loading;
	}
}

/** Returns the list of a kind that the items of a node run share. */
export async function sharedList<Api, R extends Resource, New extends Resource>(
	context: OperationContext<Api>,
	creation: Creation<R, New>,
): Promise<SharedList<R, New>> {
	const { kind } = creation;
	return await context.run.loadOnce(
		`list of every ${kind}`,
		async () =>
			new SharedList<R, New>(new ListReader(`${await context.account()} ${kind}`, creation)),
	);
}
