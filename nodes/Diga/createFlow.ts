import { createOnce } from '../engine/create';
import type { Call } from '../engine/operation';
import { createdAtMs } from './DigaApi';
import type { DigaApi, DigaFlow } from './DigaApi';

/** Creates an empty flow once, or finds it: Diga has no search by name, so all flows are listed for it. */
export async function createFlow(call: Call<DigaApi>, name: string): Promise<DigaFlow> {
	const { api } = call;
	return await createOnce(call, {
		kind: 'flow',
		same: `"${name}"`,
		isSame: (other) => other.name === name,
		createdAtMs,
		list: async (onceOnly) => await api.allFlows(onceOnly),
		create: async () => await api.createFlow(name),
	});
}
