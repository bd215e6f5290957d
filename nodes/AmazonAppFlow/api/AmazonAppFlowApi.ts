import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import { cursorPages, readCursorPages } from '../../engine/http/pagination';
import { path } from '../../engine/http/path';
import type { Path } from '../../engine/http/path';
import type { ApiResponse, HttpClient, Request, ApiProfile } from '../../engine/http/client';
import { isObject, withoutNulls } from '../../engine/values';
import { connectorId, connectorMerger, listIn, mapIn, nextOf } from './answers';
import { adviceFor, isThrottled, isTimeout, readError } from './errors';
import { withReadableTimes, withWireTimes } from './times';

/** The largest page of all lists but that of entities. */
const PAGE = 100;
const ENTITY_PAGE = 10_000;

/** Amazon AppFlow on the wire: https://docs.aws.amazon.com/appflow/1.0/APIReference/Welcome.html */
export const amazonAppFlowProfile: ApiProfile = {
	service: 'Amazon AppFlow',
	credential: 'amazonAppFlowApi',
	secrets: ['secretAccessKey', 'sessionToken'],
	readError,
	adviceFor,
	isThrottled,
	isTimeout,
};

/** Which saved connections; all when nothing is set. */
export interface ProfileFilter {
	connectorProfileNames?: string[];
	connectorType?: string;
	/** Tells apart the connectors of the type CustomConnector. */
	connectorLabel?: string;
}

/** Of which connector, by which connection. S3 needs no connection. */
export interface EntitySource {
	connectorType?: string;
	connectorProfileName?: string;
	apiVersion?: string;
}

/**
 * Every endpoint of AppFlow that this package uses. Knows nothing of n8n's forms.
 * Answers come as received, but for their times, which are ISO 8601; times of a schedule may be given so as well.
 */
export class AmazonAppFlowApi {
	constructor(private readonly client: HttpClient) {}

	/** @returns flowArn and flowStatus: `Active` when it runs on demand, else `Draft` until it is started */
	async createFlow(body: IDataObject, clientToken: string): Promise<IDataObject> {
		return await this.post(path`/create-flow`, {
			body: { ...withWireTimes(body), clientToken },
			effect: 'idempotent',
		});
	}

	/**
	 * Replaces the whole configuration.
	 * @returns flowStatus
	 */
	async updateFlow(body: IDataObject, clientToken: string): Promise<IDataObject> {
		return await this.post(path`/update-flow`, {
			body: { ...withWireTimes(body), clientToken },
			effect: 'idempotent',
		});
	}

	async describeFlow(flowName: string): Promise<IDataObject> {
		return await this.post(path`/describe-flow`, { body: { flowName }, effect: 'read' });
	}

	/** @param wanted how many; Infinity for all */
	async listFlows(wanted: number): Promise<IDataObject[]> {
		return await this.pages(path`/list-flows`, {
			member: 'flows',
			idOf: ({ flowName }) => flowName,
			wanted,
		});
	}

	/** A flow that is not found after an earlier try without an answer was deleted by that. */
	async deleteFlow(flowName: string, forceDelete: boolean): Promise<void> {
		await this.post(path`/delete-flow`, {
			body: { flowName, forceDelete },
			effect: 'idempotent',
			acceptWhenRepeated: [404],
		});
	}

	/** @returns flowArn, flowStatus, and the executionId of a flow that runs on demand; others become active */
	async startFlow(flowName: string, clientToken: string): Promise<IDataObject> {
		return await this.post(path`/start-flow`, {
			body: { flowName, clientToken },
			effect: 'idempotent',
		});
	}

	/** @returns flowArn and flowStatus */
	async stopFlow(flowName: string): Promise<IDataObject> {
		return await this.post(path`/stop-flow`, { body: { flowName }, effect: 'idempotent' });
	}

	/**
	 * The runs of a flow; in which order they come is not documented.
	 * @param until ends the search after the page that has it
	 */
	async executionRecords(
		flowName: string,
		wanted: number,
		until?: (record: IDataObject) => boolean,
	): Promise<IDataObject[]> {
		return await this.pages(path`/describe-flow-execution-records`, {
			body: { flowName },
			member: 'flowExecutions',
			idOf: ({ executionId }) => executionId,
			wanted,
			until,
		});
	}

	/** The runs of a flow, page by page as they come. */
	executionPages(flowName: string): AsyncGenerator<{ results: IDataObject[]; isLast: boolean }> {
		return cursorPages(async (nextToken) => {
			const answer = await this.post(path`/describe-flow-execution-records`, {
				body: { flowName, maxResults: PAGE, nextToken },
				effect: 'read',
			});
			return { results: listIn(answer, 'flowExecutions'), next: nextOf(answer) };
		});
	}

	/**
	 * @param executionIds 100 at the most; all that are running when absent
	 * @returns invalidExecutions: those that could not be cancelled
	 */
	async cancelExecutions(flowName: string, executionIds?: string[]): Promise<IDataObject> {
		return await this.post(path`/cancel-flow-executions`, {
			body: { flowName, executionIds },
			effect: 'idempotent',
		});
	}

	/** Saved connections, without their secrets. An unknown name gives an empty list, and no fault. */
	async connectorProfiles(filter: ProfileFilter, wanted: number): Promise<IDataObject[]> {
		return await this.pages(path`/describe-connector-profiles`, {
			body: filter,
			member: 'connectorProfileDetails',
			idOf: ({ connectorProfileName }) => connectorProfileName,
			wanted,
		});
	}

	/** What a connector can do. @param connectorLabel for the type CustomConnector */
	async describeConnector(connectorType: string, connectorLabel?: string): Promise<IDataObject> {
		const { connectorConfiguration } = await this.post(path`/describe-connector`, {
			body: { connectorType, connectorLabel },
			effect: 'read',
		});
		if (isObject(connectorConfiguration)) return connectorConfiguration;
		throw new OperationError('Amazon AppFlow answered without a connector', { fromService: true });
	}

	/**
	 * What every connector of the region can do. The pages have a map by type, and a list; a connector that is in
	 * both is one here.
	 */
	async describeConnectors(wanted: number, connectorTypes?: string[]): Promise<IDataObject[]> {
		return await this.pages(path`/describe-connectors`, {
			body: { connectorTypes },
			idOf: connectorId,
			wanted,
			resultsIn: connectorMerger(),
		});
	}

	/** The connectors of the region, in short. */
	async listConnectors(wanted: number): Promise<IDataObject[]> {
		return await this.pages(path`/list-connectors`, {
			member: 'connectors',
			idOf: connectorId,
			wanted,
		});
	}

	/**
	 * The objects, as tables or folders, that a connection offers; each with the name of its `group` in the answer.
	 * @param entitiesPath of an object that has nested ones
	 */
	async listEntities(
		source: EntitySource & { entitiesPath?: string },
		wanted: number,
	): Promise<IDataObject[]> {
		return await this.pages(path`/list-connector-entities`, {
			body: source,
			pageSize: ENTITY_PAGE,
			idOf: ({ group, name }) => JSON.stringify([group, name]),
			wanted,
			resultsIn: (answer) => {
				const groups = mapIn(answer, 'connectorEntityMap');
				return Object.keys(groups).flatMap((group) =>
					listIn(groups, group).map((entity) => ({ ...entity, group })),
				);
			},
		});
	}

	/** The fields of one object; they come all at once. */
	async describeEntity(
		source: EntitySource & { connectorEntityName: string },
	): Promise<IDataObject[]> {
		const body = await this.post(path`/describe-connector-entity`, {
			body: source,
			effect: 'read',
		});
		return listIn(body, 'connectorEntityFields');
	}

	/** @returns the tags, each by its key */
	async listTags(resourceArn: string): Promise<IDataObject> {
		const answer = await this.client.send({
			method: 'GET',
			path: path`/tags/${resourceArn}`,
			effect: 'read',
		});
		return withoutNulls(mapIn(this.object(answer), 'tags'));
	}

	async tagResource(resourceArn: string, tags: Record<string, string>): Promise<void> {
		await this.post(path`/tags/${resourceArn}`, { body: { tags }, effect: 'idempotent' });
	}

	async untagResource(resourceArn: string, tagKeys: string[]): Promise<void> {
		await this.client.send({
			method: 'DELETE',
			path: path`/tags/${resourceArn}`,
			query: { tagKeys },
			effect: 'idempotent',
		});
	}

	private object({ status, body }: ApiResponse): IDataObject {
		if (isObject(body)) return withReadableTimes(body);
		throw new OperationError('Amazon AppFlow answered without an object', {
			fromService: true,
			status,
		});
	}

	private async post(
		to: Path,
		{ body, ...request }: Pick<Request, 'body' | 'effect' | 'acceptWhenRepeated'>,
	): Promise<IDataObject> {
		const answer = await this.client.send({
			method: 'POST',
			path: to,
			...request,
			body: withoutNulls(body),
		});
		// what was done may be answered with nothing, but nothing is no list, and no resource
		if (answer.body === undefined && request.effect !== 'read') return {};
		return this.object(answer);
	}

	private async pages(
		from: Path,
		{ body, member = '', resultsIn, idOf, pageSize = PAGE, wanted, until }: Pages,
	): Promise<IDataObject[]> {
		return await readCursorPages<IDataObject>({
			wanted,
			idOf: (result) => idOf(result) ?? result,
			load: async (nextToken) => {
				const maxResults = Math.min(pageSize, wanted);
				const answer = await this.post(from, {
					body: { ...body, maxResults, nextToken },
					effect: 'read',
				});
				const results = resultsIn ? resultsIn(answer) : listIn(answer, member);
				return { results, next: until && results.some(until) ? undefined : nextOf(answer) };
			},
		});
	}
}

/** A list that comes in pages. */
interface Pages {
	body?: object;
	/** The list in the answer, unless `resultsIn` finds them. */
	member?: string;
	resultsIn?: (answer: IDataObject) => IDataObject[];
	idOf: (result: IDataObject) => unknown;
	pageSize?: number;
	wanted: number;
	until?: (result: IDataObject) => boolean;
}
