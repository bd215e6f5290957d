import {
	rejectEndpointChange,
	withChanges,
} from '../../../nodes/AmazonAppFlow/resources/flow/flowChange.ts';

const flow = {
	flowName: 'flow-1',
	triggerConfig: { triggerType: 'OnDemand' },
	sourceFlowConfig: {
		connectorType: 'S3',
		// AWS may list other connectors with null
		sourceConnectorProperties: { Salesforce: null, S3: { bucketName: 'acme-in' } },
	},
	destinationFlowConfigList: [
		{
			connectorType: 'S3',
			destinationConnectorProperties: { S3: { bucketName: 'acme-out', bucketPrefix: 'a' } },
		},
	],
	tasks: [
		{ taskType: 'Map_all', sourceFields: [], taskProperties: { INCLUDE_NEW_FIELDS: 'true' } },
	],
};

it('a task replaces a task; they are not merged', () => {
	const tasks = [{ taskType: 'Map_all', sourceFields: [] }];
	expect(withChanges(flow, { tasks }).tasks).toEqual(tasks);
});

it('the destination is merged', () => {
	const change = {
		destinationFlowConfigList: [
			{ destinationConnectorProperties: { S3: { bucketPrefix: null, more: 1 } } },
		],
	};
	expect(withChanges(flow, change).destinationFlowConfigList).toEqual([
		{
			connectorType: 'S3',
			destinationConnectorProperties: { S3: { bucketName: 'acme-out', more: 1 } },
		},
	]);
});

it('detects a different bucket, ignoring other connectors with null', () => {
	const change = { sourceFlowConfig: { sourceConnectorProperties: { S3: { bucketName: 'b' } } } };
	expect(() => {
		rejectEndpointChange(flow, withChanges(flow, change));
	}).toThrow('The bucket, prefix or object of the source cannot be changed');
	expect(() => {
		rejectEndpointChange(flow, withChanges(flow, { description: 'x' }));
	}).not.toThrow();
});
