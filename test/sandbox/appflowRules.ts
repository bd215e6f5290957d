// What AppFlow asks of a flow beside the shape of its parts: written from its documentation, and from what users
// found out and reported (hashicorp/terraform-provider-aws 34508 and 34482, aws/aws-cdk 17748, cdklabs/cdk-appflow 334).

/** The keys of a type in the three unions, where they are not the type itself. */
const KEYS: Record<string, string> = {
	Googleanalytics: 'GoogleAnalytics',
	Servicenow: 'ServiceNow',
	Infornexus: 'InforNexus',
};

/** Connector types that are called without a saved connection. */
const WITHOUT_PROFILE = ['S3', 'EventBridge', 'LookoutMetrics', 'Upsolver', 'CustomerProfiles'];

export interface End {
	connectorType: string;
	apiVersion?: string;
	connectorProfileName?: string;
	sourceConnectorProperties?: Record<string, Record<string, unknown>>;
	destinationConnectorProperties?: Record<string, Record<string, unknown>>;
	incrementalPullConfig?: object;
}

export interface Task {
	taskType: string;
	sourceFields: string[];
	connectorOperator?: Record<string, string>;
	destinationField?: string;
	taskProperties?: Record<string, string>;
}

export interface FlowConfig {
	flowName: string;
	description?: string;
	kmsArn?: string;
	triggerConfig: {
		triggerType: 'Scheduled' | 'Event' | 'OnDemand';
		triggerProperties?: {
			Scheduled?: {
				scheduleExpression: string;
				scheduleStartTime?: number;
				[more: string]: unknown;
			};
		};
	};
	sourceFlowConfig: End;
	destinationFlowConfigList: [End];
	tasks: Task[];
	metadataCatalogConfig?: object;
	tags?: Record<string, string>;
	clientToken?: string;
}

export function keyOf(connectorType: string): string {
	return KEYS[connectorType] ?? connectorType;
}

/** The one key that a union has, when it is not that of the type. */
function wrongKey({ connectorType }: End, properties: object): string | undefined {
	const [key = ''] = Object.keys(properties);
	return key === keyOf(connectorType) ? undefined : key;
}

function endProblem(end: End, properties: object): string | undefined {
	const key = wrongKey(end, properties);
	if (key !== undefined) {
		return `The properties of ${key} do not match the connector type ${end.connectorType}`;
	}
	const { connectorType, connectorProfileName } = end;
	if (!WITHOUT_PROFILE.includes(connectorType) && connectorProfileName === undefined) {
		return `Connector profile name is required for ${connectorType}`;
	}
	return connectorType === 'CustomConnector' && end.apiVersion === undefined
		? 'API version is required for CustomConnector'
		: undefined;
}

function operatorOf({ connectorOperator = {} }: Task): string | undefined {
	return Object.values(connectorOperator)[0];
}

function taskProblem(task: Task, keys: string[]): string | undefined {
	const { taskType, sourceFields, taskProperties = {} } = task;
	const operator = operatorOf(task);
	const [key] = Object.keys(task.connectorOperator ?? {});
	if (key !== undefined && !keys.includes(key)) {
		return `The operator of ${key} does not belong to a connector of the flow`;
	}
	switch (taskType) {
		case 'Filter':
			if (operator === undefined || operator === 'NO_OP') {
				return 'The operator NO_OP is not valid for filtering tasks';
			}
			if (operator !== 'PROJECTION' && !('DATA_TYPE' in taskProperties)) {
				return 'A filter needs DATA_TYPE';
			}
			return operator === 'BETWEEN' &&
				!('LOWER_BOUND' in taskProperties && 'UPPER_BOUND' in taskProperties)
				? 'BETWEEN needs LOWER_BOUND and UPPER_BOUND'
				: undefined;
		case 'Map':
			return sourceFields.length === 1 && task.destinationField !== undefined
				? undefined
				: 'A mapping has one source field and one destination field';
		case 'Map_all':
			return sourceFields.length === 0 ? undefined : 'Map_all has no source fields';
		default:
			return undefined;
	}
}

/** Whether every field that the other tasks use is among those that are read. */
function projectionProblem(tasks: Task[]): string | undefined {
	const projection = tasks.find((task) => operatorOf(task) === 'PROJECTION');
	if (tasks.some(({ taskType }) => taskType === 'Map_all')) return undefined;
	if (!projection) {
		return 'Create Flow request failed: [Task Validation Error: You must specify a projection task or a MAP_ALL task]';
	}
	const made = tasks
		.filter(({ taskType }) => taskType === 'Merge' || taskType === 'Arithmetic')
		.map(({ destinationField }) => destinationField);
	const missing = tasks
		.flatMap(({ sourceFields }) => sourceFields)
		.find((field) => !projection.sourceFields.includes(field) && !made.includes(field));
	return missing === undefined ? undefined : `The projection lacks the field ${missing}`;
}

function triggerProblem(
	{ triggerType, triggerProperties }: FlowConfig['triggerConfig'],
	now: number,
): string | undefined {
	if (triggerType !== 'Scheduled') return undefined;
	const schedule = triggerProperties?.Scheduled;
	if (!schedule) return 'A scheduled flow needs schedule properties';
	if (
		!/^(rate\(\d+(minutes|hours|days|weeks|months)\)|cron\(.+\))$/.test(schedule.scheduleExpression)
	) {
		return `Invalid schedule expression: ${schedule.scheduleExpression}`;
	}
	return (schedule.scheduleStartTime ?? Infinity) * 1000 < now
		? 'The start time of the schedule is in the past'
		: undefined;
}

/**
 * Why AppFlow would not take this flow; undefined when it would.
 * @param now by the server's clock, epoch ms
 */
export function flowProblem(flow: FlowConfig, now: number): string | undefined {
	const { sourceFlowConfig: source, tasks } = flow;
	const [destination] = flow.destinationFlowConfigList;
	const keys = [keyOf(source.connectorType), keyOf(destination.connectorType)];
	return (
		triggerProblem(flow.triggerConfig, now) ??
		endProblem(source, source.sourceConnectorProperties ?? {}) ??
		endProblem(destination, destination.destinationConnectorProperties ?? {}) ??
		tasks.map((task) => taskProblem(task, keys)).find((problem) => problem !== undefined) ??
		projectionProblem(tasks)
	);
}

const PLACE = ['bucketName', 'bucketPrefix', 'object', 'entityName', 'objectPath'];

function placeOf(properties: Record<string, Record<string, unknown>> = {}): string {
	const [place = {}] = Object.values(properties);
	return JSON.stringify(PLACE.map((name) => place[name]));
}

/** Why AppFlow would not take this flow in the place of the other; seen on the live service. */
export function changeProblem(old: FlowConfig, flow: FlowConfig): string | undefined {
	const [[was], [is]] = [old.destinationFlowConfigList, flow.destinationFlowConfigList];
	if (old.sourceFlowConfig.connectorType !== flow.sourceFlowConfig.connectorType) {
		return 'Do not update the source connector for the flow.';
	}
	if (was.connectorType !== is.connectorType) {
		return 'Do not update the destination connector for the flow.';
	}
	if (
		placeOf(old.sourceFlowConfig.sourceConnectorProperties) !==
		placeOf(flow.sourceFlowConfig.sourceConnectorProperties)
	) {
		return 'Do not update the object for the flow.';
	}
	return placeOf(was.destinationConnectorProperties) === placeOf(is.destinationConnectorProperties)
		? undefined
		: 'Destination object for the destination connector can not be updated';
}
