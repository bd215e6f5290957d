import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { currentParameter } from '../../engine/node/editor';

/** A parameter next to the picker, in the same row of a collection or in the node. */
export function siblingParameter(context: ILoadOptionsFunctions, name: string): string | undefined {
	const value = currentParameter(context, `&${name}`) ?? currentParameter(context, name);
	return typeof value === 'string' ? value.trim() : undefined;
}
