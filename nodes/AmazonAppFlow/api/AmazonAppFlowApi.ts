import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { ApiProfile, HttpClient } from '../../engine/http/client';
import type { CursorPage } from '../../engine/http/pagination';
import { path } from '../../engine/http/path';
import { isObject, withoutNulls } from '../../engine/values';
import { listIn, mapIn } from './answers';
import { connectorId, connectorMerger } from './connectors';
import { adviceFor, isThrottled, isTimeout, missingResource, readError } from './errors';
import { Requests } from './requests';
import { withEpochTimes } from './times';

/** ListConnectorEntities has larger pages than the other lists. */
const ENTITY_PAGE_SIZE = 10_000;

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/Welcome.html */
export const amazonAppFlowProfile: ApiProfile = {
	service: 'Amazon AppFlow',
	credential: 'amazonAppFlowApi',
	secrets: ['secretAccessKey', 'sessionToken'],
	readError,
	adviceFor,
	missingResource,
	isThrottled,
	isTimeout,
};

/** Which saved connections to list. Default: all. */
export interface ProfileFilter {
	connectorProfileNames?: string[];
	connectorType?: string;
	/** Distinguishes connectors of the type CustomConnector. */
	connectorLabel?: string;
}

/** The connector and connection that offer an object. Amazon S3 needs no connection. */
export interface EntitySource {
	connectorType?: string;
	connectorProfileName?: string;
	apiVersion?: string;
}

/**
 * The AppFlow endpoints that this package uses.
 * Responses are returned as received, except that times are ISO 8601. Schedule times in requests can be ISO 8601 or
 * epoch seconds.
 */
export class AmazonAppFlowApi {
	private readonly requests: Requests;

	constructor(client: HttpClient) {
		this.requests = new Requests(client);
	}

	/** @returns flowArn and flowStatus: `Active` for an on-demand flow, otherwise `Draft` until the flow is activated */
	async createFlow(body: IDataObject, clientToken: string): Promise<IDataObject> {
		return await this.requests.post(path`/create-flow`, {
			body: { ...withEpochTimes(body), clientToken },
			effect: 'idempotent',
		});
	}

	/**
	 * Replaces the configuration of a flow.
	 * @returns flowStatus
	 */
	async updateFlow(body: IDataObject, clientToken: string): Promise<IDataObject> {
		return await this.requests.post(path`/update-flow`, {
			body: { ...withEpochTimes(body), clientToken },
			effect: 'idempotent',
		});
	}

	async describeFlow(flowName: string): Promise<IDataObject> {
		return await this.requests.post(path`/describe-flow`, { body: { flowName }, effect: 'read' });
	}

	/** @param limit the maximum number of flows; Infinity for all */
	async listFlows(limit: number): Promise<IDataObject[]> {
		return await this.requests.list(path`/list-flows`, {
			member: 'flows',
			idOf: ({ flowName }) => flowName,
			limit,
		});
	}

	/** Up to 100 flows. @param nextToken undefined for the first page */
	async flowPage(nextToken: string | undefined): Promise<CursorPage<IDataObject>> {
		return await this.requests.page(path`/list-flows`, { member: 'flows' }, nextToken);
	}

	/** After a lost response, "not found" on retry means that the flow was deleted. */
	async deleteFlow(flowName: string, forceDelete: boolean): Promise<void> {
		await this.requests.post(path`/delete-flow`, {
			body: { flowName, forceDelete },
			effect: 'idempotent',
			acceptWhenRepeated: [404],
		});
	}

	/**
	 * Runs an on-demand flow; activates any other flow.
	 * @returns flowArn, flowStatus, and for an on-demand flow the executionId of the run
	 */
	async startFlow(flowName: string, clientToken: string): Promise<IDataObject> {
		return await this.requests.post(path`/start-flow`, {
			body: { flowName, clientToken },
			effect: 'idempotent',
		});
	}

	/** @returns flowArn and flowStatus */
	async stopFlow(flowName: string): Promise<IDataObject> {
		return await this.requests.post(path`/stop-flow`, { body: { flowName }, effect: 'idempotent' });
	}

	/**
	 * The runs of a flow. AppFlow does not document their order:
	 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_DescribeFlowExecutionRecords.html
	 * @param until stops reading after the page that contains a matching run
	 */
	async executionRecords(
		flowName: string,
		limit: number,
		until?: (record: IDataObject) => boolean,
	): Promise<IDataObject[]> {
		return await this.requests.list(path`/describe-flow-execution-records`, {
			body: { flowName },
			member: 'flowExecutions',
			idOf: ({ executionId }) => executionId,
			limit,
			until,
		});
	}

	/** The runs of a flow, one page at a time. */
	executionPages(flowName: string): AsyncGenerator<{ results: IDataObject[]; isLast: boolean }> {
		return this.requests.pages(path`/describe-flow-execution-records`, 'flowExecutions', {
			flowName,
		});
	}

	/**
	 * @param executionIds up to 100. Default: all runs in progress
	 * @returns invalidExecutions: the IDs of runs that could not be canceled
	 */
	async cancelExecutions(flowName: string, executionIds?: string[]): Promise<IDataObject> {
		return await this.requests.post(path`/cancel-flow-executions`, {
			body: { flowName, executionIds },
			effect: 'idempotent',
		});
	}

	/** Saved connections, without secrets. An unknown name returns an empty list, not an error. */
	async connectorProfiles(filter: ProfileFilter, limit: number): Promise<IDataObject[]> {
		return await this.requests.list(path`/describe-connector-profiles`, {
			body: filter,
			member: 'connectorProfileDetails',
			idOf: ({ connectorProfileName }) => connectorProfileName,
			limit,
		});
	}

	/** Up to 100 saved connections, as {@link connectorProfiles}. @param nextToken undefined for the first page */
	async connectorProfilePage(
		filter: ProfileFilter,
		nextToken: string | undefined,
	): Promise<CursorPage<IDataObject>> {
		const list = { body: filter, member: 'connectorProfileDetails' };
		return await this.requests.page(path`/describe-connector-profiles`, list, nextToken);
	}

	/**
	 * The capabilities of a connector.
	 * @param connectorLabel for the type CustomConnector
	 */
	async describeConnector(connectorType: string, connectorLabel?: string): Promise<IDataObject> {
		const { connectorConfiguration } = await this.requests.post(path`/describe-connector`, {
			body: { connectorType, connectorLabel },
			effect: 'read',
		});
		if (isObject(connectorConfiguration)) return connectorConfiguration;
		throw new OperationError('Amazon AppFlow returned no connector', { fromService: true });
	}

	/** The capabilities of every connector in the Region. A page contains a list and a map by type; they are combined. */
	async describeConnectors(limit: number, connectorTypes?: string[]): Promise<IDataObject[]> {
		return await this.requests.list(path`/describe-connectors`, {
			body: { connectorTypes },
			idOf: connectorId,
			limit,
			readResults: connectorMerger(),
		});
	}

	/** The connectors in the Region, without their capabilities. */
	async listConnectors(limit: number): Promise<IDataObject[]> {
		return await this.requests.list(path`/list-connectors`, {
			member: 'connectors',
			idOf: connectorId,
			limit,
		});
	}

	/**
	 * The objects that a connection offers, such as tables or folders. Each has its `group` from the response.
	 * @param source.entitiesPath the object whose nested objects to list
	 */
	async listEntities(
		source: EntitySource & { entitiesPath?: string },
		limit: number,
	): Promise<IDataObject[]> {
		return await this.requests.list(path`/list-connector-entities`, {
			body: source,
			pageSize: ENTITY_PAGE_SIZE,
			idOf: ({ group, name }) => JSON.stringify([group, name]),
			limit,
			readResults: (response) => {
				const groups = mapIn(response, 'connectorEntityMap');
				return Object.keys(groups).flatMap((group) =>
					listIn(groups, group).map((entity) => ({ ...entity, group })),
				);
			},
		});
	}

	/** The fields of an object. This list has no pages. */
	async describeEntity(
		source: EntitySource & { connectorEntityName: string },
	): Promise<IDataObject[]> {
		const body = await this.requests.post(path`/describe-connector-entity`, {
			body: source,
			effect: 'read',
		});
		return listIn(body, 'connectorEntityFields');
	}

	/** @returns tag values by key */
	async listTags(resourceArn: string): Promise<IDataObject> {
		const response = await this.requests.client.send({
			method: 'GET',
			path: path`/tags/${resourceArn}`,
			effect: 'read',
		});
		return withoutNulls(mapIn(this.requests.bodyOf(response), 'tags'));
	}

	async tagResource(resourceArn: string, tags: Record<string, string>): Promise<void> {
		await this.requests.post(path`/tags/${resourceArn}`, { body: { tags }, effect: 'idempotent' });
	}

	async untagResource(resourceArn: string, tagKeys: string[]): Promise<void> {
		await this.requests.client.send({
			method: 'DELETE',
			path: path`/tags/${resourceArn}`,
			query: { tagKeys },
			effect: 'idempotent',
		});
	}
}
