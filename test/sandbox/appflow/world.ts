// The connectors, saved connections, objects and fields in the sandbox's account and Region.

export interface Profile {
	connectorProfileName: string;
	connectorType: string;
	connectorLabel?: string;
	connectionMode: 'Public' | 'Private';
	connectorProfileProperties: Record<string, object>;
	/** Epoch seconds, with a fraction. */
	createdAt: number;
	lastUpdatedAt: number;
	/** The application rejects the saved credentials. */
	isRevoked?: boolean;
}

const CREATED = 1767225600.25;

const profile = (
	connectorProfileName: string,
	connectorType: string,
	properties: object,
	more: Partial<Profile> = {},
): Profile => ({
	connectorProfileName,
	connectorType,
	connectionMode: 'Public',
	connectorProfileProperties: { [connectorType]: properties },
	createdAt: CREATED,
	lastUpdatedAt: CREATED + 60,
	...more,
});

export const profiles = (): Profile[] => [
	profile('sf-prod', 'Salesforce', { instanceUrl: 'https://acme.my.salesforce.example' }),
	profile(
		'sf-old',
		'Salesforce',
		{ instanceUrl: 'https://old.salesforce.example' },
		{ isRevoked: true },
	),
	profile('zendesk', 'Zendesk', { instanceUrl: 'https://acme.zendesk.example' }),
	profile(
		'jdbc-orders',
		'CustomConnector',
		{ profileProperties: { driver: 'postgresql' } },
		{
			connectorLabel: 'JDBCsmall',
		},
	),
	profile('github', 'CustomConnector', { profileProperties: {} }, { connectorLabel: 'GitHub' }),
];

const common = {
	connectorOwner: 'AWS',
	connectorVersion: '1.0',
	supportedDataTransferTypes: ['RECORD'],
};

export interface Connector {
	connectorName: string;
	connectorType: string;
	connectorLabel?: string;
	connectorDescription?: string;
	connectorModes: string[];
	connectorOwner: string;
	connectorVersion: string;
	supportedDataTransferTypes: string[];
	connectorProvisioningType?: string;
	registeredAt?: number;
	registeredBy?: string;
}

/** Without capabilities, as in ListConnectors. */
export const connectors: Connector[] = [
	{
		...common,
		connectorName: 'Salesforce',
		connectorType: 'Salesforce',
		connectorModes: ['SOURCE', 'DESTINATION'],
	},
	{
		...common,
		connectorName: 'Amazon S3',
		connectorType: 'S3',
		connectorModes: ['SOURCE', 'DESTINATION'],
	},
	{
		...common,
		connectorName: 'Zendesk',
		connectorType: 'Zendesk',
		connectorModes: ['SOURCE', 'DESTINATION'],
	},
	{ ...common, connectorName: 'Slack', connectorType: 'Slack', connectorModes: ['SOURCE'] },
	{
		...common,
		connectorName: 'JDBC',
		connectorType: 'CustomConnector',
		connectorLabel: 'JDBCsmall',
		connectorDescription: 'Databases with a JDBC driver',
		connectorModes: ['SOURCE', 'DESTINATION'],
		connectorProvisioningType: 'LAMBDA',
		registeredAt: CREATED,
		registeredBy: 'arn:aws:iam::123456789012:user/admin',
	},
	{
		...common,
		connectorName: 'GitHub',
		connectorType: 'CustomConnector',
		connectorLabel: 'GitHub',
		connectorModes: ['SOURCE'],
		connectorProvisioningType: 'LAMBDA',
		registeredAt: CREATED,
		registeredBy: 'arn:aws:iam::123456789012:user/admin',
	},
];

/** The capabilities of a connector. */
export function configurationOf(connector: Connector): Record<string, unknown> {
	const { connectorType, connectorName, connectorModes } = connector;
	return {
		...connector,
		connectorName,
		canUseAsSource: connectorModes.includes('SOURCE'),
		canUseAsDestination: connectorModes.includes('DESTINATION'),
		supportedDestinationConnectors: ['S3', 'Salesforce', 'Zendesk'],
		supportedTriggerTypes:
			connectorType === 'S3' ? ['OnDemand', 'Scheduled'] : ['Scheduled', 'OnDemand'],
		supportedSchedulingFrequencies: ['BYMINUTE', 'HOURLY', 'DAILY'],
		isPrivateLinkEnabled: connectorType === 'Salesforce',
		supportedApiVersions: connectorType === 'CustomConnector' ? ['V1'] : [],
		supportedWriteOperations: ['INSERT', 'UPSERT', 'UPDATE', 'DELETE'],
	};
}

interface Entity {
	name: string;
	label: string;
	hasNestedEntities: boolean;
}

const entity = (name: string, label = name, hasNestedEntities = false): Entity => ({
	name,
	label,
	hasNestedEntities,
});

/** Objects by group name, or by path for nested objects. */
export function entitiesOf(
	connectorType: string,
	label: string | undefined,
	path: string | undefined,
): Record<string, Entity[]> {
	switch (label ?? connectorType) {
		case 'Salesforce':
			return {
				Objects: ['Account', 'Contact', 'Lead', 'Opportunity'].map((name) => entity(name)),
				Events: [entity('AccountChangeEvent', 'Account Change Event')],
			};
		case 'Zendesk':
			return { Objects: [entity('tickets', 'Tickets'), entity('users', 'Users')] };
		case 'JDBCsmall':
			return path === undefined
				? { Schemas: [entity('public', 'public', true)] }
				: {
						[path]: [entity(`${path}.customers`, 'customers'), entity(`${path}.orders`, 'orders')],
					};
		case 'GitHub':
			return { Objects: Array.from({ length: 250 }, (_, index) => entity(`repo-${index}`)) };
		case 'S3':
			return {
				Buckets: [
					entity('acme-in'),
					entity('acme-lake'),
					entity('acme-out'),
					entity('acme-outbox'),
				],
			};
		default:
			return {};
	}
}

const COMPARISONS = [
	'PROJECTION',
	'LESS_THAN',
	'GREATER_THAN',
	'BETWEEN',
	'EQUAL_TO',
	'NOT_EQUAL_TO',
];

function field(
	identifier: string,
	fieldType: string,
	more: {
		filterOperators?: string[];
		isPrimaryKey?: boolean;
		isTimestamp?: boolean;
		upsertable?: boolean;
	} = {},
): Record<string, unknown> {
	const {
		filterOperators = COMPARISONS,
		isPrimaryKey = false,
		isTimestamp = false,
		upsertable,
	} = more;
	return {
		identifier,
		label: identifier.replaceAll(/[_.]/g, ' '),
		isPrimaryKey,
		supportedFieldTypeDetails: { v1: { fieldType, filterOperators } },
		sourceProperties: {
			isRetrievable: true,
			isQueryable: true,
			isTimestampFieldForIncrementalQueries: isTimestamp,
		},
		destinationProperties: {
			isCreatable: !isPrimaryKey,
			isNullable: true,
			isUpsertable: upsertable ?? false,
			isUpdatable: !isPrimaryKey,
			supportedWriteOperations: upsertable ? ['INSERT', 'UPSERT', 'UPDATE'] : ['INSERT', 'UPDATE'],
		},
	};
}

/** Undefined if the object does not exist. */
export function fieldsOf(
	connectorType: string,
	label: string | undefined,
	name: string,
): Array<Record<string, unknown>> | undefined {
	switch (label ?? connectorType) {
		case 'Salesforce':
			if (!['Account', 'Contact', 'Lead', 'Opportunity'].includes(name)) return undefined;
			return [
				field('Id', 'id', { isPrimaryKey: true }),
				field('Name', 'string'),
				field('Email', 'email'),
				field('Ext_Id__c', 'string', { upsertable: true }),
				field('LastModifiedDate', 'datetime', { isTimestamp: true }),
			];
		case 'Zendesk':
			return ['tickets', 'users'].includes(name)
				? [
						field('id', 'integer', { isPrimaryKey: true, filterOperators: ['PROJECTION'] }),
						field('subject', 'string', { filterOperators: ['PROJECTION'] }),
						field('updated_at', 'datetime', {
							filterOperators: ['PROJECTION', 'GREATER_THAN'],
							isTimestamp: true,
						}),
					]
				: undefined;
		case 'JDBCsmall':
			return [field('order_id', 'Integer', { isPrimaryKey: true }), field('total', 'Double')];
		case 'S3':
			return [field('ext_id', 'string'), field('name', 'string')];
		default:
			return [field('id', 'string', { isPrimaryKey: true })];
	}
}
