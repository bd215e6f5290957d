import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { fetchForEditor, sortByName } from '../../engine/node/editor';
import { diga } from '../service';
import { flowRows } from './listSearch';

/** The flows of the project, for fields with several values. */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return sortByName(await fetchForEditor(this, diga, flowRows));
}
