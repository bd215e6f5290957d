import { startAppFlow } from './appflow/appflow.ts';
import type { AppFlowSandbox } from './appflow/appflow.ts';
import { startDiga } from './diga/diga.ts';
import type { DigaSandbox } from './diga/diga.ts';
import { startPortable } from './portable/portable.ts';
import type { PortableSandbox } from './portable/portable.ts';

/** The services, each on its own port. */
export interface Sandboxes {
	appflow: AppFlowSandbox;
	diga: DigaSandbox;
	portable: PortableSandbox;
}

/** The default ports of `npm run sandbox`. */
export const ports = { portable: 4401, diga: 4402, appflow: 4403 };

/** Starts all services on loopback, by default on any free port. */
export async function startAll(
	wanted: Partial<typeof ports> = {},
): Promise<Sandboxes & { stop: () => Promise<void> }> {
	const sandboxes = {
		appflow: await startAppFlow(wanted.appflow),
		diga: await startDiga(wanted.diga),
		portable: await startPortable(wanted.portable),
	};
	const stop = async () => {
		for (const sandbox of Object.values(sandboxes)) await sandbox.stop();
	};
	return { ...sandboxes, stop };
}
