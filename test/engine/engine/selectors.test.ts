// A field that determines which other fields are shown can be an expression. n8n then treats all of these as shown.
import { NodeHelpers } from 'n8n-workflow';
import type { INodeTypeDescription } from 'n8n-workflow';
import { describeNode, run } from '../harness.ts';
import { appFlowLab, digaLab, portableLab } from '../validParameters.ts';
import type { Lab, ValidSet } from '../validParameters.ts';

/** Names of the fields that other fields of an operation depend on, except Resource and Operation. */
function selectorsOf({ resource, operation }: ValidSet, { properties }: INodeTypeDescription) {
	const shown = properties.filter(({ displayOptions }) => {
		const show = displayOptions?.show ?? {};
		return (
			show.resource?.includes(resource) === true && show.operation?.includes(operation) === true
		);
	});
	const names = shown.flatMap(({ displayOptions }) =>
		Object.keys({ ...displayOptions?.show, ...displayOptions?.hide }),
	);
	const fixed = shown.filter(({ noDataExpression }) => noDataExpression).map(({ name }) => name);
	return new Set(names.filter((name) => !['resource', 'operation', ...fixed].includes(name)));
}

async function bodiesOf(lab: Lab, { resource, operation }: ValidSet, parameters: object) {
	lab.restore();
	const start = { name: 'Start', type: 'test.items', parameters: { items: [{}] as never } };
	const node = { name: 'Node', type: lab.type, parameters: { ...parameters, resource, operation } };
	const { error } = await run([start, node], lab.credentials, { watch: false });
	await lab.sandbox.idle();
	const requests = lab.sandbox.requests.map(({ method, body }) => [
		method,
		body.replace(/"clientToken":"[^"]*"|"expiresAt":"[^"]*"/, ''),
	]);
	return { error: error?.message, requests };
}

describe.each([
	['Portable', portableLab, ['expires', 'returnAll', 'schedule', 'specifyProperties']],
	[
		'Diga',
		digaLab,
		[
			'dataType',
			'defineFlow',
			'position',
			'returnAll',
			'specifyConditions',
			'specifyInput',
			'specifySettings',
			'stepType',
			'triggerType',
			'valueFrom',
			'version',
		],
	],
	[
		'Amazon AppFlow',
		appFlowLab,
		[
			'destinationConnector',
			'destinationWriteOperationType',
			'fields',
			'returnAll',
			'runs',
			'schedule',
			'sourceConnector',
			'specifyFlow',
			'triggerType',
			'window',
		],
	],
])('%s', (_service, start, selectors) => {
	it('accepts an expression in every such field of every operation, with the same result as a selection', async () => {
		const lab = await start();
		try {
			const description = await describeNode(lab.type);
			const tried = new Set<string>();
			for (const set of lab.sets) {
				const { resource, operation } = set;
				const given = { ...set.parameters, resource, operation } as never;
				const values = NodeHelpers.getNodeParameters(
					description.properties,
					given,
					true,
					false,
					{ typeVersion: 1 },
					description,
				);
				const plain = await bodiesOf(lab, set, set.parameters);
				for (const name of selectorsOf(set, description)) {
					const value = values?.[name];
					if (value === undefined) continue;
					tried.add(name);
					const expression = `={{ ${JSON.stringify(value)} }}`;
					const by = await bodiesOf(lab, set, { ...set.parameters, [name]: expression });
					expect([resource, operation, name, by]).toEqual([resource, operation, name, plain]);
				}
			}
			expect([...tried].sort()).toEqual(selectors);
		} finally {
			await lab.sandbox.stop();
		}
	});
});
