import { createResource } from '../../../engine/create/createResource';
import type { CreateOutcome } from '../../../engine/create/creation';
import type { OperationContext } from '../../../engine/operation';
import type { ProvisionalResult } from '../../../engine/provisionalResult';
import type { DigaApi } from '../../api/DigaApi';
import { createdAtMs } from '../../api/resource';
import type { DigaFlow } from '../../api/resource';

/** How to find an existing flow by name, and delete a duplicate. Diga lists flows newest first, and cannot search by name. */
export function flowCreation(api: DigaApi, name: string) {
	return {
		kind: 'flow',
		label: `"${name}"`,
		key: [name],
		keyOf: (other: DigaFlow) => [other.name],
		createdAtMs,
		newestFirst: {
			page: async (after: string | undefined, keepRetryingMs?: number) =>
				await api.flows.list({ after }, keepRetryingMs),
			read: async (id: string) => await api.flows.find(id),
		},
		remove: async (id: string) => {
			await api.flows.delete(id);
		},
	};
}

/** Creates an empty flow, or finds it. With Use the Existing One, it may be replaced after all items have run. */
export async function createProvisionalFlow(
	context: OperationContext<DigaApi>,
	name: string,
): Promise<ProvisionalResult<CreateOutcome<DigaFlow>>> {
	return await createResource(context, {
		...flowCreation(context.api, name),
		create: async () => await context.api.flows.create(name),
	});
}

/** As {@link createProvisionalFlow}, but returns the final flow. */
export async function createFlow(
	context: OperationContext<DigaApi>,
	name: string,
): Promise<CreateOutcome<DigaFlow>> {
	return await (await createProvisionalFlow(context, name)).finalize();
}
