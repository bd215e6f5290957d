import { sleep } from 'n8n-workflow';

/** How far apart those who waited at the gate start again, so that they do not come all at once. */
const SPREAD_MS = 20;

/**
 * The rate gate that all items of one node run share: when the service asks one of them to wait, all wait.
 */
export class Gate {
	/** Epoch ms. */
	private opensAt = 0;

	private waiting = 0;

	/** Keeps everybody back for so long, from now. */
	close(forMs: number): void {
		this.opensAt = Math.max(this.opensAt, Date.now() + forMs);
	}

	/** How long one would have to wait now, in ms. */
	get closedForMs(): number {
		return Math.max(0, this.opensAt - Date.now());
	}

	/** Waits until the gate is open. Rejects when the signal aborts. */
	async pass(signal?: AbortSignal): Promise<void> {
		while (this.closedForMs > 0) {
			const place = this.waiting++;
			await sleep(this.closedForMs + place * SPREAD_MS, signal).finally(() => this.waiting--);
		}
	}
}
