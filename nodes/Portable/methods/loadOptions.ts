import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { allFlows } from './listSearch';

/** The flows of the account, for a field with multiple selection. */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await allFlows(this);
}
