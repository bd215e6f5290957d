import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { fetchForEditor, sortByName } from '../../engine/node/editor';
import { amazonAppFlow } from '../service';
import { flowEntries } from './listSearch';

/** The flows in the Region, for a list with multiple selection. */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return sortByName(await fetchForEditor(this, amazonAppFlow, flowEntries));
}
