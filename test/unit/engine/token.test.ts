import type { IExecuteFunctions } from 'n8n-workflow';
import { tokenFor } from '../../../nodes/engine/node/token.ts';

/** The parts of n8n's context that a token depends on. */
function context(more: { execution?: string; run?: number; node?: string; instance?: string }) {
	const { execution, run = 0, node = 'a', instance = 'one' } = more;
	return {
		getInstanceId: () => instance,
		getWorkflow: () => ({ id: 'w' }),
		getExecutionId: () => execution,
		getNode: () => ({ id: node }),
		runIndex: run,
	} as unknown as IExecuteFunctions;
}

it('is the same for each attempt at an item', () => {
	const token = tokenFor(context({ execution: '7' }), 3, 'x');
	expect(token).toMatch(/^[0-9a-f]{32}$/);
	expect(tokenFor(context({ execution: '7' }), 3, 'x')).toBe(token);
});

it('differs for any other item, node run, node, execution and instance', () => {
	const tokens = [
		tokenFor(context({ execution: '7' }), 0),
		tokenFor(context({ execution: '8' }), 0),
		tokenFor(context({ execution: '7', run: 1 }), 0),
		tokenFor(context({ execution: '7', node: 'b' }), 0),
		tokenFor(context({ execution: '7', instance: 'two' }), 0),
		tokenFor(context({ execution: '7' }), 1),
		tokenFor(context({ execution: '7' }), 0, 'start'),
		tokenFor(context({}), 0),
		tokenFor(context({}), 0),
	];
	expect(new Set(tokens).size).toBe(tokens.length);
});
