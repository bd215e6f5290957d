import {
	commonSettings,
	connectors,
	connectorsOf,
	keyOf,
	labelOf,
	titleOf,
} from '../connectors/connectors';
import type { Side } from '../connectors/connectors';
import { taskProperties, taskTypes } from '../connectors/operators';
import type { Setting } from '../connectors/settings';
import { CUSTOM_CONNECTOR } from '../../api/connectors';
import { FLOW_NAME, MAX_NAME_LENGTH } from '../../api/patterns';
import { choice, line, listOf, mapOf, object, text, time, integer } from '../shape';
import type { MapShape, ObjectShape, Shape } from '../shape';

/** A path in the request and its allowed values. */
interface PathShape {
	path: string[];
	shape: Shape;
}

function pathShapes(side: Side, settings: Setting[]): PathShape[] {
	return settings.map((setting) => ({
		path: setting.path.split('.'),
		shape: { ...setting.shape, label: labelOf(side, setting) },
	}));
}

/** Nests shapes into objects by their paths. `required` are the paths of required objects. */
function nest(shapes: PathShape[], required: string[] = []): Record<string, Shape> {
	const members: Record<string, Shape> = {};
	for (const name of new Set(shapes.map(({ path: [first = ''] }) => first))) {
		const group = shapes.filter(({ path: [first] }) => first === name);
		const leaf = group.find(({ path }) => path.length === 1);
		const requiredInside = required.flatMap((path) =>
			path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : [],
		);
		const inner = group.map(({ path: [, ...rest], shape }) => ({ path: rest, shape }));
		members[name] =
			leaf?.shape ?? object(nest(inner, requiredInside), { required: required.includes(name) });
	}
	return members;
}

/** The properties of every connector that can be the source or destination. */
function propertiesShape(side: Side): ObjectShape {
	const members = connectorsOf(side).map((connector): [string, Shape] => [
		keyOf(connector),
		object(
			nest(
				pathShapes(side, connector[side] ?? []),
				side === 'source' ? [] : connector.requiredObjects,
			),
		),
	]);
	return object(Object.fromEntries(members), { required: true });
}

function endpointMembers(side: Side): Record<string, Shape> {
	const label = `${titleOf(side)} Connector`;
	return {
		connectorType: choice(
			connectors.map(({ type }) => type),
			{ required: true, label },
		),
		...nest(pathShapes(side, commonSettings(side, { type: CUSTOM_CONNECTOR, name: '' }))),
		[`${side}ConnectorProperties`]: propertiesShape(side),
	};
}

const operatorShapes = connectors.flatMap((connector): Array<[string, Shape]> => {
	const { operators } = connector;
	return operators ? [[keyOf(connector), choice(operators)]] : [];
});

const task = object({
	sourceFields: listOf(line({ max: 2048 }), { required: true }),
	connectorOperator: object(Object.fromEntries(operatorShapes)),
	destinationField: line({ max: 256 }),
	taskType: choice(taskTypes, { required: true }),
	taskProperties: mapOf(
		choice(taskProperties),
		text({ max: 2048, pattern: /^.+$/, rule: 'be one line and not empty' }),
	),
});

export const tasksShape = listOf(task, { required: true });

const schedule = object({
	scheduleExpression: line({ max: 256, required: true, label: 'Schedule Expression' }),
	dataPullMode: choice(['Incremental', 'Complete'], { label: 'Transfer Mode' }),
	scheduleStartTime: time({ label: 'Schedule Settings: Start' }),
	scheduleEndTime: time({ label: 'Schedule Settings: End' }),
	timezone: line({ max: 256, label: 'Schedule Settings: Time Zone' }),
	scheduleOffset: integer({ min: 0, max: 36000, label: 'Schedule Settings: Offset (Seconds)' }),
	firstExecutionFrom: time({ label: 'Schedule Settings: First Run From' }),
	flowErrorDeactivationThreshold: integer({
		min: 1,
		max: 100,
		label: 'Schedule Settings: Failures Until Deactivation',
	}),
});

/** One line of text with characters that XML allows. */
const catalogText = /^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u;
const catalogRule = 'be one line';

/** AWS's model allows only the partition aws. Others exist, such as aws-cn, aws-us-gov and aws-iso. */
function inAnyPartition(service: string): RegExp {
	return new RegExp(`^arn:aws[\\w-]*:${service}:.*:[0-9]+:.*`);
}

const catalog = object({
	roleArn: text({
		max: 512,
		pattern: inAnyPartition('iam'),
		rule: 'have a format such as arn:aws:iam::123456789012:role/name',
		required: true,
		label: 'Glue Data Catalog: Role ARN',
	}),
	databaseName: text({
		max: 255,
		pattern: catalogText,
		rule: catalogRule,
		required: true,
		label: 'Glue Data Catalog: Database',
	}),
	tablePrefix: text({
		max: 128,
		pattern: catalogText,
		rule: catalogRule,
		required: true,
		label: 'Glue Data Catalog: Table Prefix',
	}),
});

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_TagResource.html */
export const tagsShape: MapShape = mapOf(
	text({
		min: 1,
		max: 128,
		pattern: /^(?!aws:)[a-zA-Z+-=._:/]+$/,
		rule: 'contain no spaces and not begin with aws:',
	}),
	text({
		max: 256,
		pattern: /^[\s\w+-=.:/@]*$/,
		rule: 'contain only letters, digits, spaces and + - = . : / @ _',
	}),
	{ max: 50, label: 'Tags' },
);

/**
 * The body of CreateFlow.
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html
 */
export const createFlowShape: ObjectShape = object({
	flowName: text({
		max: MAX_NAME_LENGTH,
		pattern: FLOW_NAME,
		rule: 'begin with a letter or digit and have at least two characters: letters, digits and ! @ # . - _',
		required: true,
		label: 'Flow Name',
	}),
	description: text({
		max: 2048,
		pattern: /^[\w!@#\-.?,\s]*$/,
		rule: 'contain only letters, digits, spaces and ! @ # - . ? , _',
		label: 'Description',
	}),
	kmsArn: text({
		min: 20,
		max: 2048,
		pattern: inAnyPartition('kms'),
		rule: 'have a format such as arn:aws:kms:eu-west-1:123456789012:key/ID',
		label: 'KMS Key ARN',
	}),
	triggerConfig: object(
		{
			triggerType: choice(['OnDemand', 'Scheduled', 'Event'], { required: true, label: 'Trigger' }),
			triggerProperties: object({ Scheduled: schedule }),
		},
		{ required: true },
	),
	sourceFlowConfig: object(endpointMembers('source'), { required: true }),
	destinationFlowConfigList: listOf(object(endpointMembers('destination')), { required: true }),
	tasks: tasksShape,
	metadataCatalogConfig: object({ glueDataCatalog: catalog }),
	tags: tagsShape,
	clientToken: text({
		min: 1,
		max: 256,
		pattern: /^[ -~]+$/,
		rule: 'contain only ASCII characters',
	}),
});
