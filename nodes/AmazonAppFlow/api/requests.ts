import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { ApiResponse, HttpClient, Request } from '../../engine/http/client';
import { cursorPages, readCursorPages } from '../../engine/http/pagination';
import type { CursorPage } from '../../engine/http/pagination';
import type { Path } from '../../engine/http/path';
import { isObject, withoutNulls } from '../../engine/values';
import { listIn, nextTokenIn } from './answers';
import { withReadableTimes } from './times';

/** The maximum page size of most lists. */
const PAGE_SIZE = 100;

/** A list with pages. */
interface PagedList {
	body?: object;
	/** The list in the response, unless `readResults` reads it. */
	member?: string;
	readResults?: (response: IDataObject) => IDataObject[];
	idOf: (result: IDataObject) => unknown;
	pageSize?: number;
	/** The maximum number of results; Infinity for all. */
	limit: number;
	/** Stops reading after the page that contains a matching result. */
	until?: (result: IDataObject) => boolean;
}

/** Sends requests in AppFlow's format and reads its responses. */
export class Requests {
	constructor(readonly client: HttpClient) {}

	/** @throws OperationError if the response is not a JSON object */
	bodyOf({ status, body }: ApiResponse): IDataObject {
		if (isObject(body)) return withReadableTimes(body);
		throw new OperationError('Amazon AppFlow returned a response that is not a JSON object', {
			fromService: true,
			status,
		});
	}

	async post(
		path: Path,
		{ body, ...request }: Pick<Request, 'body' | 'effect' | 'acceptWhenRepeated'>,
	): Promise<IDataObject> {
		const response = await this.client.send({
			method: 'POST',
			path,
			...request,
			body: withoutNulls(body),
		});
		// a write may succeed without a response body, but a read must return a resource or list
		if (response.body === undefined && request.effect !== 'read') return {};
		return this.bodyOf(response);
	}

	/** The results on all pages, up to the limit, without duplicates. */
	async list(
		path: Path,
		{ body, member = '', readResults, idOf, pageSize = PAGE_SIZE, limit, until }: PagedList,
	): Promise<IDataObject[]> {
		return await readCursorPages<IDataObject>({
			wanted: limit,
			idOf: (result) => idOf(result) ?? result,
			load: async (nextToken) => {
				const maxResults = Math.min(pageSize, limit);
				const response = await this.post(path, {
					body: { ...body, maxResults, nextToken },
					effect: 'read',
				});
				const results = readResults ? readResults(response) : listIn(response, member);
				const isFound = until !== undefined && results.some(until);
				return { results, next: isFound ? undefined : nextTokenIn(response) };
			},
		});
	}

	/** One page of a list. @param nextToken undefined for the first page */
	async page(
		path: Path,
		{ body, member }: { body?: object; member: string },
		nextToken: string | undefined,
	): Promise<CursorPage<IDataObject>> {
		const response = await this.post(path, {
			body: { ...body, maxResults: PAGE_SIZE, nextToken },
			effect: 'read',
		});
		return { results: listIn(response, member), next: nextTokenIn(response) };
	}

	/** A list, one page at a time. */
	pages(
		path: Path,
		member: string,
		body: object,
	): AsyncGenerator<{ results: IDataObject[]; isLast: boolean }> {
		return cursorPages(async (nextToken) => await this.page(path, { body, member }, nextToken));
	}
}
