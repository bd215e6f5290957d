import {
	rejectEndpointChange,
	withChanges,
} from '../../../nodes/AmazonAppFlow/resources/flow/flowChange.ts';

const flow = {
	flowName: 'flow-1',
	triggerConfig: { triggerType: 'OnDemand' },
	sourceFlowConfig: {
		connectorType: 'S3',
		// AWS may name what is not there
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

it('one task takes the place of one task: it is not merged into that', () => {
	const tasks = [{ taskType: 'Map_all', sourceFields: [] }];
	expect(withChanges(flow, { tasks }).tasks).toEqual(tasks);
});

it('the one destination is merged', () => {
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

it('finds a bucket that is another, beside members that are null', () => {
	const change = { sourceFlowConfig: { sourceConnectorProperties: { S3: { bucketName: 'b' } } } };
	expect(() => {
		rejectEndpointChange(flow, withChanges(flow, change));
	}).toThrow('The bucket, prefix or object of the source cannot be changed');
	expect(() => {
		rejectEndpointChange(flow, withChanges(flow, { description: 'x' }));
	}).not.toThrow();
});
