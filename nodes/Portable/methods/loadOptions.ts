import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { allFlows } from './listSearch';

/** The flows of the account, to choose several of. */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await allFlows(this);
}
