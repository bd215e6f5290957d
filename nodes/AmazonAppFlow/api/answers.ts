import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import { isObject, quoted } from '../../engine/values';

/** A successful response that cannot be used. */
function invalidResponse(message: string): OperationError {
	return new OperationError(`Amazon AppFlow returned ${message}`, { fromService: true });
}

/** A list in a response. AWS omits an empty list or sends null. */
export function listIn(body: IDataObject, member: string): IDataObject[] {
	const list: unknown = body[member] ?? [];
	if (!Array.isArray(list)) throw invalidResponse(`"${member}" that is not a list`);
	const entries = (list as unknown[]).filter((entry) => entry !== null);
	if (entries.every(isObject)) return entries;
	throw invalidResponse(`"${member}" with entries that are not objects`);
}

/** A map in a response. AWS omits an empty map or sends null. */
export function mapIn(body: IDataObject, member: string): IDataObject {
	const map = body[member] ?? {};
	if (isObject(map)) return map;
	throw invalidResponse(`"${member}" that is not a map`);
}

/**
 * The token of the next page; undefined on the last page.
 * @throws OperationError if there are more pages, but the token cannot be sent
 */
export function nextTokenIn({ nextToken }: IDataObject): string | undefined {
	if (typeof nextToken === 'string' && nextToken !== '') return nextToken;
	if (nextToken === undefined || nextToken === null || nextToken === '') return undefined;
	throw invalidResponse(`a nextToken that is not text: ${quoted(nextToken)}`);
}
