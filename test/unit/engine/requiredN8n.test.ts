import { join } from 'node:path';
import { root } from '../../services.ts';
import { versions } from '../../compat/versions.ts';

describe('an n8n that is too old', () => {
	beforeEach(() => {
		jest.resetModules();
	});

	afterEach(() => {
		jest.dontMock('n8n-workflow');
	});

	it.each(['Portable/Portable', 'Portable/PortableTrigger', 'Diga/Diga', 'Diga/DigaTrigger'])(
		'is named when the node %s loads',
		(node) => {
			// n8n 1.84 and earlier
			jest.doMock('n8n-workflow', () => {
				const { NodeConnectionTypes: _, ...others } =
					jest.requireActual<Record<string, unknown>>('n8n-workflow');
				return others;
			});
			expect(() => {
				jest.requireActual(join(root, `nodes/${node}.node.ts`));
			}).toThrow(`need n8n ${versions[0]?.n8n ?? ''} or later. This n8n is older.`);
		},
	);

	it.each(['AmazonAppFlow/AmazonAppFlow', 'AmazonAppFlow/AmazonAppFlowTrigger'])(
		'does not stop the node %s otherwise',
		(node) => {
			expect(jest.requireActual(join(root, `nodes/${node}.node.ts`))).toBeDefined();
		},
	);
});
