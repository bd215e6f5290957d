import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { Service } from '../operation';
import type { Parameters } from '../input/parameters';
import type { HttpClient } from '../http/client';
import type { WatchedResource } from './checkSchedule';
import type { RunPage, RunRules } from './checkRuns';
import type { WatchFields } from './watchFields';
import type { Id } from './watchState';

/** All things that have runs. */
export interface WatchedResources {
	resources: WatchedResource[];
	/** False when the service gave a part of them: what is missing may be there. */
	isComplete: boolean;
}

/** How a service's finished runs are watched. The engine does the rest, the same for every service. */
export interface RunTrigger<Api, R extends IDataObject> extends Omit<
	RunRules<R>,
	'find' | 'going' | 'isOver'
> {
	service: Pick<Service<Api>, 'profile' | 'createApi'>;
	fields: WatchFields;
	/** All things that have runs; undefined when the service does not offer a list. */
	listAll: (api: Api) => Promise<WatchedResources | undefined>;
	/** Whether that list tells of last runs, so that it is worth asking for when things are chosen, too. */
	listsLastRuns?: boolean;
	/** An ID as the user entered it. @throws Fault when it cannot be one */
	readId: (text: string) => Id;
	/**
	 * The runs of a thing, newest first.
	 * @param isWhole all of them are to be read; where the service promises no order, the pages may else end early
	 */
	pages: (api: Api, thing: WatchedResource, isWhole: boolean) => AsyncIterable<RunPage<R>>;
	/** One run by its ID, where the service has that; undefined when there is none. */
	readRun?: (api: Api, run: Id) => Promise<R | undefined>;
	/** The runs of a thing that go on, where the service can tell. */
	runsInProgress?: (api: Api, id: Id) => Promise<R[]>;
	/** @param nowMs the service's clock, epoch ms */
	isOver: (run: R, nowMs: number) => boolean;
	/** A finished run may have done neither, e.g. one that was cancelled. */
	hasFailed: (run: R) => boolean;
	hasSucceeded: (run: R) => boolean;
	/** What is put out for a run, where the run alone does not say which thing it belongs to. */
	output?: (run: R, id: Id) => IDataObject;
}

/** One poll of a trigger node. */
export interface Poll<Api, R extends IDataObject> {
	context: IPollFunctions;
	trigger: RunTrigger<Api, R>;
	api: Api;
	client: HttpClient;
	parameters: Parameters;
	/** Tells this trigger from all others. */
	key: string;
	/** By n8n's clock, epoch ms. */
	startedAt: number;
}

export interface Found<R> {
	run: R;
	id: Id;
}
