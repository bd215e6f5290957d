import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { fetchForEditor, sortByName } from '../../engine/node/editor';
import { amazonAppFlow } from '../service';
import { flowRows } from './listSearch';

/** The flows of the region, to choose several of. */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return sortByName(await fetchForEditor(this, amazonAppFlow, flowRows));
}
