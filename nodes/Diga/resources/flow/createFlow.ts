import { createResource } from '../../../engine/create/createResource';
import type { OperationContext } from '../../../engine/operation';
import type { Settling } from '../../../engine/settling';
import { createdAtMs } from '../../api/DigaApi';
import type { DigaApi, DigaFlow } from '../../api/DigaApi';

/** How a flow is recognized, and taken back: Diga has no search by name, so all flows are listed for it. */
export function flowCreation(api: DigaApi, name: string) {
	return {
		kind: 'flow',
		same: `"${name}"`,
		key: [name],
		keyOf: (other: DigaFlow) => [other.name],
		createdAtMs,
		list: async (keepRetryingMs?: number) => await api.allFlows(keepRetryingMs),
		remove: async (id: string) => {
			await api.deleteFlow(id);
		},
	};
}

/** Creates an empty flow once, or finds it; with Use the Existing One it may be another in the end. */
export async function createFlowSettling(
	context: OperationContext<DigaApi>,
	name: string,
): Promise<Settling<DigaFlow>> {
	return await createResource(context, {
		...flowCreation(context.api, name),
		create: async () => await context.api.createFlow(name),
	});
}

/** The same, settled before anything is done with it. */
export async function createFlow(
	context: OperationContext<DigaApi>,
	name: string,
): Promise<DigaFlow> {
	return await (await createFlowSettling(context, name)).settle();
}
