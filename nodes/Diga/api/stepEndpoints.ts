import type { IDataObject } from 'n8n-workflow';
import { readObject } from './responses';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import type { DigaFlow } from './resource';

export const stepTypes = ['PIECE', 'CODE', 'LOOP_ON_ITEMS', 'ROUTER'] as const;

export type StepType = (typeof stepTypes)[number];

/** A step as Diga accepts it. All members are required. */
export interface NewStep {
	/** Unique in the flow. */
	name: string;
	type: StepType;
	displayName: string;
	/** Replaces all settings. */
	settings: IDataObject;
}

/** The position of a step: directly after its parent, or first inside it. Without a location, Diga chooses. */
export interface StepPlace {
	parentStep: string;
	location?: 'AFTER' | 'INSIDE_LOOP' | 'INSIDE_BRANCH';
	/** From 0. For INSIDE_BRANCH only. */
	branchIndex?: number;
}

/** The steps of a flow's draft. */
export class StepEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/**
	 * Inserts a step and moves the following ones down. If the parent does not exist, Diga may return the flow
	 * unchanged, so check that the response contains the step.
	 * https://github.com/activepieces/activepieces, packages/shared/src/lib/flows/operations/add-action.ts
	 */
	async add(flow: string, action: NewStep, place: StepPlace): Promise<DigaFlow> {
		const { parentStep, location: stepLocationRelativeToParent, branchIndex } = place;
		const body = { parentStep, action, stepLocationRelativeToParent, branchIndex };
		const path = paths.actions(flow);
		return await this.requests.change({ method: 'POST', path, body, effect: 'write' });
	}

	/** Replaces all settings. The type cannot change. */
	async update(flow: string, step: NewStep): Promise<DigaFlow> {
		const path = paths.actions(flow);
		return await this.requests.change({ method: 'PATCH', path, body: step, effect: 'idempotent' });
	}

	async delete(flow: string, name: string): Promise<DigaFlow> {
		const path = paths.action(flow, name);
		return await this.requests.change({ method: 'DELETE', path, effect: 'write' });
	}

	async move(flow: string, name: string, place: StepPlace): Promise<DigaFlow> {
		const {
			parentStep: newParentStep,
			location: stepLocationRelativeToParent,
			branchIndex,
		} = place;
		const body = { name, newParentStep, stepLocationRelativeToParent, branchIndex };
		const path = paths.actionMove(flow);
		return await this.requests.change({ method: 'POST', path, body, effect: 'idempotent' });
	}

	/** Runs the step, including its effects outside Diga. Takes up to 90 s. */
	async test(flow: string, name: string): Promise<IDataObject> {
		return readObject(await this.requests.test(paths.stepTest(flow, name)));
	}

	/** @param type `INPUT` or `OUTPUT` */
	async getSampleData(flow: string, name: string, type: string): Promise<IDataObject> {
		return readObject(await this.requests.read(paths.sampleData(flow, name), { type }));
	}

	async saveSampleData(
		flow: string,
		name: string,
		sample: { payload: unknown; type: string; dataType: string },
	): Promise<DigaFlow> {
		const path = paths.sampleData(flow, name);
		return await this.requests.change({ method: 'POST', path, body: sample, effect: 'idempotent' });
	}
}
