import type { IDataObject } from 'n8n-workflow';
import type { Request } from '../../engine/http/client';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import type { DigaFlow } from './resource';

/** Identifies a branch of a router. */
export interface BranchPlace {
	/** The name of the router step. */
	stepName: string;
	/** From 0. */
	branchIndex: number;
}

/** The branches of routers. Diga identifies a branch by its index, which every change shifts. */
export class BranchEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** @param branch with its conditions: the outer list is OR, the inner lists are AND */
	async add(
		flow: string,
		branch: BranchPlace & { branchName: string; conditions?: IDataObject[][] },
	): Promise<DigaFlow> {
		return await this.change('POST', paths.branches(flow), branch);
	}

	/** Sends the index in a JSON body, although the method is DELETE. */
	async delete(flow: string, place: BranchPlace): Promise<DigaFlow> {
		return await this.change('DELETE', paths.branches(flow), place);
	}

	async duplicate(flow: string, place: BranchPlace): Promise<DigaFlow> {
		return await this.change('POST', paths.branchDuplicate(flow), place);
	}

	async move(flow: string, place: BranchPlace & { newIndex: number }): Promise<DigaFlow> {
		return await this.change('POST', paths.branchMove(flow), place);
	}

	private async change(
		method: 'DELETE' | 'POST',
		path: Request['path'],
		body: BranchPlace,
	): Promise<DigaFlow> {
		return await this.requests.change({ method, path, body, effect: 'write' });
	}
}
