import { startPortable } from '../../sandbox/portable/portable.ts';
import { byId, byName, keep, make, setsOf } from '../lab.ts';
import type { Lab } from '../lab.ts';

export async function portableLab(): Promise<Lab> {
	const sandbox = await startPortable();
	const credentials = {
		portableApi: { baseUrl: sandbox.url, token: sandbox.token },
		portablePropertiesApi: { secretProperties: '{"api_key": "x"}' },
	};
	const node = { type: 'portable', credentials };
	const pairs = {
		pair: [
			{ name: 'domain', type: 'text', value: 'acme.example' },
			{ name: 'limit', type: 'number', numberValue: 5 },
			{ name: 'live', type: 'boolean', booleanValue: true },
		],
	};
	const spec = { sourceSpec: byName('freshsales'), displayName: 'Sales' };
	const source = byId((await make(node, 'source.create', spec)).id);
	const other = byId((await make(node, 'source.create', { ...spec, displayName: 'Other' })).id);
	const lake = { destinationSpec: byName('bigquery'), displayName: 'Lake' };
	const destination = byId((await make(node, 'destination.create', lake)).id);
	const ends = { source, destination };
	const flow = byId((await make(node, 'flow.create', { ...ends, displayName: 'Mine' })).id);
	// before the IDs that the sandbox gives: the newest run has the highest one
	const run = 70_001;
	sandbox.truth.runs.push({
		id: run,
		flow: Number(flow.value),
		trigger: 'scheduled',
		lifecycle: 'NOT_RUNNING',
		disposition: 'SUCCEEDED',
		completedAt: null,
		createdAt: new Date().toISOString(),
	});
	const properties = [
		{ properties: pairs },
		{ specifyProperties: 'form' },
		{ specifyProperties: 'json', propertiesJson: '{"domain": "acme.example"}' },
	];
	const schedules = [
		{ schedule: 'frequency', frequency: '24h' },
		{ schedule: 'cron', cron: '7 5 * * 5' },
	];
	const sets = setsOf([
		['source.create', ...properties.map((one) => ({ ...spec, displayName: 'New', ...one }))],
		['source.createSetupLink', { source }, { source, expires: 'at', expiresAt: '2027-01-01' }],
		['source.get', { source }],
		['source.getAll', {}],
		['source.update', ...properties.map((one) => ({ source, displayName: 'Renamed', ...one }))],
		['source.verify', { source }],
		['destination.create', ...properties.map((one) => ({ ...lake, displayName: 'New', ...one }))],
		['destination.get', { destination }],
		['destination.getAll', {}],
		['destination.verify', { destination }],
		['flow.cancel', { flow }],
		['flow.create', ...schedules.map((one) => ({ ...ends, displayName: 'New', ...one }))],
		['flow.get', { flow }],
		['flow.getAll', {}],
		['flow.getRun', { flow, run }],
		['flow.getRuns', { flow }],
		['flow.getStatus', { flow }],
		['flow.run', { flow }],
		['flow.update', ...schedules.map((one) => ({ flow, source: other, destination, ...one }))],
		['workflow.getStatus', { workflow: String(flow.value) }],
	]);
	const restore = keep(sandbox);
	restore();
	return { ...node, sets, sandbox, restore };
}
