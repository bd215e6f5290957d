import type { INodeProperties } from 'n8n-workflow';
import { byIdentifier, watchFields } from '../../../nodes/engine/trigger/watchFields.ts';
import type { WatchFields } from '../../../nodes/engine/trigger/watchFields.ts';

const flows: WatchFields = {
	singular: 'Flow',
	plural: 'Flows',
	run: 'Run',
	loadOptionsMethod: 'getFlows',
	placeholder: 'e.g. 5',
	outcomes: {},
};

function ways(fields: INodeProperties[]) {
	const watch = fields.find(({ name }) => name === 'watch');
	return watch?.options?.map((mode) => ('value' in mode ? [mode.name, mode.value] : []));
}

function labels(fields: INodeProperties[]) {
	return fields.map(({ name, displayName }) => [name, displayName]);
}

// saved workflows contain these names and values
it('has fields for IDs', () => {
	const fields = watchFields(flows);
	expect(ways(fields)).toEqual([
		['All Flows', 'all'],
		['Flows by ID', 'ids'],
		['Flows From List', 'list'],
	]);
	expect(labels(fields)).toEqual([
		['event', 'Trigger On'],
		['watch', 'Watch'],
		['listed', 'Flow Names or IDs'],
		['ids', 'Flow IDs'],
		['outcome', 'Outcome'],
	]);
	expect(fields[3]).toMatchObject({
		description: 'The IDs of the flows, separated by commas',
		displayOptions: { show: { watch: ['ids'] } },
	});
	expect(byIdentifier(flows)).toBe('by ID');
});

it('has fields for names if the service has no IDs, and then no label contains IDs', () => {
	const named: WatchFields = { ...flows, by: 'name' };
	const fields = watchFields(named);
	expect(ways(fields)).toEqual([
		['All Flows', 'all'],
		['Flows by Name', 'names'],
		['Flows From List', 'list'],
	]);
	expect(labels(fields)).toEqual([
		['event', 'Trigger On'],
		['watch', 'Watch'],
		['listed', 'Flow Names'],
		['names', 'Flow Names'],
		['outcome', 'Outcome'],
	]);
	expect(fields[3]).toMatchObject({
		description: 'The names of the flows, separated by commas',
		displayOptions: { show: { watch: ['names'] } },
	});
	expect(JSON.stringify(fields)).not.toMatch(/\bIDs?\b/);
	expect(byIdentifier(named)).toBe('by name');
});
