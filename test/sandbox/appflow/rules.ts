// Rules of AppFlow that are not in its API model, only those that users reported:
// https://github.com/hashicorp/terraform-provider-aws/issues/34508 and /34482,
// https://github.com/aws/aws-cdk/issues/17748, https://github.com/cdklabs/cdk-appflow/issues/334.

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
	destinationFlowConfigList: End[];
	tasks: Task[];
	metadataCatalogConfig?: object;
	tags?: Record<string, string>;
	clientToken?: string;
}

/** The operators of a task. AppFlow uses that of the source. */
function operatorsOf({ connectorOperator }: Task): string[] {
	return Object.values(connectorOperator ?? {});
}

function filterProblem(task: Task): string | undefined {
	const operators = operatorsOf(task);
	const isNone = operators.length === 0 || operators.every((operator) => operator === 'NO_OP');
	return task.taskType === 'Filter' && isNone
		? 'The operator NO_OP is not valid for filtering tasks'
		: undefined;
}

/** Only Map tasks are accepted if they have an operator, as in the acceptance tests of Terraform's AWS provider. */
function projectionProblem(tasks: Task[]): string | undefined {
	const chooses = (task: Task) =>
		task.taskType === 'Map_all' || operatorsOf(task).includes('PROJECTION');
	if (tasks.some(chooses) || tasks.some((task) => operatorsOf(task).length > 0)) return undefined;
	return 'Create Flow request failed: [Task Validation Error: You must specify a projection task or a MAP_ALL task]';
}

function triggerProblem(
	{ triggerType, triggerProperties }: FlowConfig['triggerConfig'],
	now: number,
): string | undefined {
	if (triggerType !== 'Scheduled') return undefined;
	const schedule = triggerProperties?.Scheduled;
	if (!schedule) return 'A scheduled flow needs schedule properties';
	const { scheduleExpression } = schedule;
	if (
		!/^(rate\(\d+(minutes|hours|days|weeks|months)\)|(cron|at)\(.+\))$/i.test(scheduleExpression)
	) {
		return `Invalid schedule expression: ${scheduleExpression}`;
	}
	return (schedule.scheduleStartTime ?? Infinity) * 1000 < now
		? 'The start time of the schedule is in the past'
		: undefined;
}

/**
 * Why AppFlow would reject this flow. Undefined if it would accept it.
 * @param now the server's time in epoch ms
 */
export function flowProblem({ triggerConfig, tasks }: FlowConfig, now: number): string | undefined {
	return (
		triggerProblem(triggerConfig, now) ??
		tasks.map(filterProblem).find((problem) => problem !== undefined) ??
		projectionProblem(tasks)
	);
}

const PLACE = ['bucketName', 'bucketPrefix', 'object', 'entityName', 'objectPath'];

function placeOf(properties: Record<string, Record<string, unknown>> = {}): string {
	const [place = {}] = Object.values(properties);
	return JSON.stringify(PLACE.map((name) => place[name]));
}

/** Why AppFlow would reject this update of a flow, with messages of the live service. */
export function changeProblem(old: FlowConfig, flow: FlowConfig): string | undefined {
	const [[was], [is]] = [old.destinationFlowConfigList, flow.destinationFlowConfigList];
	if (old.sourceFlowConfig.connectorType !== flow.sourceFlowConfig.connectorType) {
		return 'Do not update the source connector for the flow.';
	}
	if (was?.connectorType !== is?.connectorType) {
		return 'Do not update the destination connector for the flow.';
	}
	if (
		placeOf(old.sourceFlowConfig.sourceConnectorProperties) !==
		placeOf(flow.sourceFlowConfig.sourceConnectorProperties)
	) {
		return 'Do not update the object for the flow.';
	}
	return placeOf(was?.destinationConnectorProperties) ===
		placeOf(is?.destinationConnectorProperties)
		? undefined
		: 'Destination object for the destination connector can not be updated';
}
