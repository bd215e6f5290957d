import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { asFault, Fault, nodeError } from '../../engine/fault';
import { Connection, editorLimits } from '../../engine/request';
import { PortableApi, portableWire } from '../PortableApi';

/**
 * Asks Portable for something that the editor shows.
 * @throws NodeApiError or NodeOperationError, as the editor understands them
 */
export async function ask<Answer>(
	context: ILoadOptionsFunctions,
	question: (api: PortableApi) => Promise<Answer>,
): Promise<Answer> {
	const connection = new Connection(context, portableWire, editorLimits);
	const answer = await question(new PortableApi(connection)).catch(asFault);
	if (answer instanceof Fault) throw nodeError(context.getNode(), answer);
	return answer;
}
