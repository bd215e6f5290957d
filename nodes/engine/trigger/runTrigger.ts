import type { IDataObject, INodeProperties, IPollFunctions, ITriggerFunctions } from 'n8n-workflow';
import type { Parameters } from '../input/parameters';
import type { ApiDefinition } from '../http/apiDefinition';
import type { NodeRun } from '../nodeRun';
import type { HttpClient } from '../http/client';
import type { WatchedResource } from './checkSchedule';
import type { RunPage, RunRules } from './checkRuns';
import type { WatchFields } from './watchFields';
import type { Id } from './watchState';

/** The resources that have runs. */
export interface WatchedResources {
	resources: WatchedResource[];
	/** False if the list is incomplete, so that missing resources may exist. */
	isComplete: boolean;
}

/** A flow as a list shows it. */
export interface ListedFlow {
	id: Id;
	/** Undefined if the list does not show it, or shows an unknown status. */
	isActive: boolean | undefined;
	flow: IDataObject;
}

/** How to watch the finished runs of a service. */
export interface RunTrigger<Api, R extends IDataObject> extends Omit<
	RunRules<R>,
	'find' | 'inProgress' | 'isOver'
> {
	service: ApiDefinition<Api>;
	/** What is watched, if a node can watch more than one kind, e.g. `calls`. Stored with the state. */
	kind?: string;
	/** The fields that are read. Default: those of `fields`. */
	properties?: INodeProperties[];
	fields: WatchFields;
	/** Lists all resources that have runs. Undefined if the service does not offer a list. */
	listAll: (api: Api) => Promise<WatchedResources | undefined>;
	/** Whether that list contains last runs, so that it is also useful if the user selected resources. */
	listsLastRuns?: boolean;
	/** Lists flows with whether they are active. Undefined if the service does not offer a list. */
	listFlows?: (api: Api) => Promise<{ flows: ListedFlow[]; isComplete: boolean } | undefined>;
	/** Reads a flow that is not active any more, if the list does not show the reason. */
	readFlow?: (api: Api, id: Id) => Promise<IDataObject>;
	/** Reads an ID that the user entered. @throws OperationError if it is not an ID */
	readId: (text: string) => Id;
	/**
	 * Yields the runs of a resource, newest first.
	 * @param isFull whether to read all pages; otherwise they may end early, if the service guarantees no order
	 */
	pages: (api: Api, resource: WatchedResource, isFull: boolean) => AsyncIterable<RunPage<R>>;
	/** Reads one run, if the service supports it. Undefined if the run does not exist. */
	readRun?: (api: Api, run: Id) => Promise<R | undefined>;
	/** Lists the runs of a resource that are in progress, if the service supports it. */
	runsInProgress?: (api: Api, id: Id) => Promise<R[]>;
	/** @param nowMs the service's clock, in epoch ms */
	isOver: (run: R, nowMs: number) => boolean;
	/** A finished run may have neither failed nor succeeded, e.g. if it was canceled. */
	hasFailed: (run: R) => boolean;
	hasSucceeded: (run: R) => boolean;
	/** Reads which finished runs start the workflow. Default: those with the chosen outcome. */
	isWanted?: (parameters: Parameters) => (run: R) => boolean;
	/**
	 * Adds what the list of runs does not contain. Undefined if it does not exist yet: a later poll reports the run.
	 * @param context.nowMs the service's clock, in epoch ms
	 * @throws OperationError if it cannot be read; a later poll reports the run
	 */
	complete?: (
		api: Api,
		run: R,
		context: { parameters: Parameters; nowMs: number },
	) => Promise<R | undefined>;
	/** The output for a run, if the run does not contain the ID of its resource. */
	output?: (run: R, id: Id) => IDataObject;
}

/** What n8n provides for a poll, by its timer or after a notification. */
export type PollContext = IPollFunctions | ITriggerFunctions;

/** One poll of a trigger node. */
export interface Poll<Api, R extends IDataObject> {
	context: PollContext;
	trigger: RunTrigger<Api, R>;
	api: Api;
	client: HttpClient;
	run: NodeRun;
	parameters: Parameters;
	/** Identifies the trigger. */
	key: string;
	/** In epoch ms by n8n's clock. */
	startedAt: number;
}

export interface Found<R> {
	run: R;
	id: Id;
}
