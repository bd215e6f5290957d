import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../../engine/errors';
import { readCursorList } from '../../engine/http/pagination';
import type { CursorPage } from '../../engine/http/pagination';
import type { ApiResponse, HttpClient, Request } from '../../engine/http/client';
import { epochMs, isObject } from '../../engine/values';
import { paths } from './paths';

/** A flow, by its draft. Only ID, `created` and `updated` are sure to be there. */
export type DigaFlow = IDataObject & { id: string };

/** Anything else with an ID: a run, a connection, a template. */
export type DigaResource = IDataObject & { id: string };

/** A page, newest first; its cursor is for `after`. */
export interface DigaPage<R> extends CursorPage<R> {
	/** Diga's clock in epoch ms when it answered. */
	serverTimeMs?: number;
}

export const flowStatuses = ['ENABLED', 'DISABLED'] as const;

export const flowCategories = [
	'call_launcher',
	'during_call',
	'empty',
	'post_call',
	'pre_call',
] as const;

export interface FlowQuery {
	status?: (typeof flowStatuses)[number];
	is_diga_trigger?: boolean;
	flow_category?: (typeof flowCategories)[number];
}

export interface ExecutionQuery {
	status?: string;
	/** ISO 8601, as is the other. */
	created_after?: string;
	created_before?: string;
}

export interface TemplateQuery {
	language: string;
	flow_category?: (typeof flowCategories)[number];
}

export interface PieceQuery {
	search?: string;
	suggestion_type?: string;
	categories?: string[];
}

export const stepTypes = ['PIECE', 'CODE', 'LOOP_ON_ITEMS', 'ROUTER'] as const;

/** A step as it is sent, all of it required. */
export interface NewStep {
	/** Unique in the flow. */
	name: string;
	type: (typeof stepTypes)[number];
	displayName: string;
	/** Replaces what there is. */
	settings: IDataObject;
}

export interface NewTrigger {
	type: 'EMPTY' | 'PIECE_TRIGGER';
	displayName: string;
	settings: IDataObject;
}

/** Where a step is put: right after its parent, or as the first inside it. */
export interface StepPlace {
	parentStep: string;
	location: 'AFTER' | 'INSIDE_LOOP' | 'INSIDE_BRANCH';
	/** For INSIDE_BRANCH, from 0. */
	branchIndex?: number;
}

export interface BranchPlace {
	stepName: string;
	/** From 0. */
	branchIndex: number;
}

export interface NewConnection {
	piece_name: string;
	display_name: string;
	type: string;
	value?: IDataObject;
}

export interface TemplateCopy {
	flow_name?: string;
	variables?: IDataObject;
	connections?: Array<{ key: string; value: string }>;
}

/** Diga's permissions for flows; which endpoint asks for which is not documented, and this is the obvious reading. */
type Right = 'view' | 'create' | 'update' | 'delete';

/** Diga's maximum for flows and runs, and for templates. */
const PAGE_SIZE = 30;
const TEMPLATE_PAGE_SIZE = 100;

/** Begins the cursor of a page that is asked for by its number; IDs have no such character. */
const BY_PAGE = 'page=';

function numberOfPage(cursor: string): number | undefined {
	return cursor.startsWith(BY_PAGE) ? Number(cursor.slice(BY_PAGE.length)) : undefined;
}

/** A query for what follows a cursor: by the last ID, or where Diga gave none, by the number of the page. */
function following<Query extends { after?: string }>({ after, ...query }: Query) {
	const page = after === undefined ? undefined : numberOfPage(after);
	return page === undefined ? { ...query, after } : { ...query, page };
}

function isResource(value: unknown): value is DigaResource {
	return isObject(value) && typeof value.id === 'string' && value.id !== '';
}

/** When something was created, by Diga's clock, in epoch ms; undefined when it does not tell. */
export function createdAtMs({ created }: IDataObject): number | undefined {
	return epochMs(created);
}

/** A create that was carried out, as far as one can know, and whose answer does not name what it created. */
function unclear({ status }: ApiResponse, kind: string): OperationError {
	return new OperationError(`Diga answered without the ${kind} that it created`, {
		fromService: true,
		status,
		outcomeUnknown: true,
		description: 'Look in Diga whether it exists, before you run this again.',
	});
}

/** Every endpoint of Diga's workflows that this package uses. Knows nothing of n8n's forms. */
export class DigaApi {
	constructor(private readonly client: HttpClient) {}

	/** Creates an empty flow, as a draft. Names are not unique. */
	async createFlow(name: string): Promise<DigaFlow> {
		const request = {
			method: 'POST',
			path: paths.flows(),
			body: { name },
			effect: 'write',
		} as const;
		return this.created(await this.send('create', request), 'flow');
	}

	/** The draft, as far as one knows: answers do not tell what is published. */
	async getFlow(id: string): Promise<DigaFlow> {
		return this.resource(await this.read('view', paths.flow(id)));
	}

	/** One page, newest first. There is no search by name. */
	async listFlows(
		query: FlowQuery & { after?: string } = {},
		keepRetryingMs?: number,
	): Promise<DigaPage<DigaFlow>> {
		return this.page(
			await this.send('view', {
				method: 'GET',
				path: paths.flows(),
				query: { ...following(query), limit: PAGE_SIZE },
				effect: 'read',
				keepRetryingMs,
			}),
			query.after,
		);
	}

	/** Every flow of the project, page by page. */
	async allFlows(keepRetryingMs?: number): Promise<{ resources: DigaFlow[]; incomplete?: string }> {
		const { results, incomplete } = await readCursorList<DigaFlow>({
			wanted: Infinity,
			idOf: ({ id }) => id,
			load: async (after) => await this.listFlows({ after }, keepRetryingMs),
		});
		return { resources: results, incomplete };
	}

	/** Permanent; no other flow gets the ID. When no good answer comes, it is looked whether the flow is still there. */
	async deleteFlow(id: string): Promise<void> {
		const request = {
			method: 'DELETE',
			path: paths.flow(id),
			effect: 'idempotent',
			acceptWhenRepeated: [404],
		} as const;
		await this.send('delete', request).catch(async (thrown: unknown) => {
			const error = asOperationError(thrown);
			if (!error.details.outcomeUnknown) throw error;
			const look = { method: 'GET', path: paths.flow(id), effect: 'read', accept: [404] } as const;
			const seen = await this.send('view', look).catch(asOperationError);
			if (seen instanceof OperationError) {
				throw error.withDescription(
					`The flow ${id} may have been deleted all the same; look for it in Diga.`,
				);
			}
			if (seen.status === 404) return;
			const isThere = isResource(seen.body) && seen.body.id === id;
			throw error.withDescription(
				isThere
					? `The flow ${id} is still there.`
					: `Diga does not say whether the flow ${id} is still there; look for it in Diga.`,
			);
		});
	}

	/** Of the draft; the published name changes with the next publish. */
	async renameFlow(id: string, name: string): Promise<DigaFlow> {
		return await this.change('PATCH', paths.rename(id), { name });
	}

	/** Answers well, too, when the flow was never published, and then changes nothing. */
	async setFlowStatus(id: string, status: (typeof flowStatuses)[number]): Promise<DigaFlow> {
		return await this.change('PATCH', paths.status(id), { status });
	}

	/** Publishing what is published changes nothing. Whether it also enables is not documented. */
	async publishFlow(id: string): Promise<DigaFlow> {
		return await this.change('POST', paths.publish(id));
	}

	/** Replaces the draft with what is published. */
	async discardDraft(id: string): Promise<DigaFlow> {
		return await this.change('POST', paths.draft(id));
	}

	/** Overwrites the trigger and all steps of the draft. */
	async importFlow(
		id: string,
		flow: { displayName: string; trigger: IDataObject; schemaVersion?: string },
	): Promise<DigaFlow> {
		return await this.change('POST', paths.import(id), flow);
	}

	/** Runs the whole flow, for real, on stored sample data; takes up to 120 s. */
	async testFlow(id: string): Promise<IDataObject> {
		return this.object(await this.act(paths.test(id)));
	}

	async updateTrigger(id: string, trigger: NewTrigger): Promise<DigaFlow> {
		return await this.change('PATCH', paths.trigger(id), trigger);
	}

	async testTrigger(id: string): Promise<IDataObject> {
		return this.object(await this.act(paths.triggerTest(id)));
	}

	/**
	 * Inserts a step, and pushes down what was there. An unknown parent may be answered with the flow unchanged
	 * (packages/shared/src/lib/flows/operations/add-action.ts of Activepieces): look for the step in the answer.
	 */
	async addStep(id: string, action: NewStep, place: StepPlace): Promise<DigaFlow> {
		const { parentStep, location: stepLocationRelativeToParent, branchIndex } = place;
		const body = { parentStep, action, stepLocationRelativeToParent, branchIndex };
		const request = { method: 'POST', path: paths.actions(id), body, effect: 'write' } as const;
		return this.changed(await this.send('update', request));
	}

	/** Not partial: the settings replace those that there are, and the type cannot change. */
	async updateStep(id: string, step: NewStep): Promise<DigaFlow> {
		return await this.change('PATCH', paths.actions(id), step);
	}

	async deleteStep(id: string, name: string): Promise<DigaFlow> {
		const request = { method: 'DELETE', path: paths.action(id, name), effect: 'write' } as const;
		return this.changed(await this.send('update', request));
	}

	/** To the same place as often as one likes. */
	async moveStep(id: string, name: string, place: StepPlace): Promise<DigaFlow> {
		const { parentStep: newParentStep, location, branchIndex } = place;
		return await this.change('POST', paths.actionMove(id), {
			name,
			newParentStep,
			stepLocationRelativeToParent: location,
			branchIndex,
		});
	}

	/** Carries the step out, for real; takes up to 90 s. */
	async testStep(id: string, name: string): Promise<IDataObject> {
		return this.object(await this.act(paths.stepTest(id, name)));
	}

	async getSampleData(id: string, name: string, type: string): Promise<IDataObject> {
		return this.object(await this.read('view', paths.sampleData(id, name), { type }));
	}

	async saveSampleData(
		id: string,
		name: string,
		sample: { payload: unknown; type: string; dataType: string },
	): Promise<DigaFlow> {
		return await this.change('POST', paths.sampleData(id, name), sample);
	}

	async addBranch(
		id: string,
		branch: BranchPlace & { branchName: string; conditions?: IDataObject[][] },
	): Promise<DigaFlow> {
		return await this.changeBranch('POST', paths.branches(id), branch);
	}

	/** Its place is in a JSON body, although the method is DELETE. */
	async deleteBranch(id: string, place: BranchPlace): Promise<DigaFlow> {
		return await this.changeBranch('DELETE', paths.branches(id), place);
	}

	async duplicateBranch(id: string, place: BranchPlace): Promise<DigaFlow> {
		return await this.changeBranch('POST', paths.branchDuplicate(id), place);
	}

	async moveBranch(id: string, place: BranchPlace & { newIndex: number }): Promise<DigaFlow> {
		return await this.changeBranch('POST', paths.branchMove(id), place);
	}

	/** One page of a flow's runs, newest first. */
	async listExecutions(
		flow: string,
		query: ExecutionQuery & { after?: string } = {},
	): Promise<DigaPage<DigaResource>> {
		const wanted = { ...following(query), limit: PAGE_SIZE };
		return this.page(await this.read('view', paths.executions(flow), wanted), query.after);
	}

	/** A run, with what each of its steps gave. */
	async getExecution(run: string): Promise<IDataObject> {
		return this.object(await this.read('view', paths.execution(run)));
	}

	/** A run as the list shows it, without what its steps gave; undefined when there is none. */
	async findExecution(run: string): Promise<DigaResource | undefined> {
		const request = { method: 'GET', path: paths.execution(run), effect: 'read' } as const;
		const answer = await this.send('view', { ...request, accept: [404] });
		if (answer.status === 404) return undefined;
		const { steps: _steps, ...shown } = this.resource(answer);
		return shown;
	}

	/** In the list, `actions` and `triggers` are counts. */
	async listPieces(query: PieceQuery = {}): Promise<IDataObject[]> {
		return this.list(await this.read('view', paths.pieces(), { ...query })).filter(isObject);
	}

	/**
	 * A piece, with its actions and triggers by name.
	 * Its full name, such as @activepieces/piece-slack, is not one segment of a path once it was decoded;
	 * the short form piece-slack is, and it is what Diga's examples have. The full name is tried after it.
	 */
	async getPiece(name: string): Promise<IDataObject> {
		const short = shortPieceName(name);
		if (short === name) return this.object(await this.read('view', paths.piece(name)));
		const request = { method: 'GET', path: paths.piece(short), effect: 'read' } as const;
		const answer = await this.send('view', { ...request, accept: [404] });
		return this.object(answer.status === 404 ? await this.read('view', paths.piece(name)) : answer);
	}

	async listConnections(keepRetryingMs?: number): Promise<DigaResource[]> {
		const path = paths.connections();
		const request = { method: 'GET', path, effect: 'read', keepRetryingMs } as const;
		const answer = await this.send('view', request);
		return this.resources(this.list(answer), answer.status);
	}

	/** What Diga answers has no value; should it have one, it is left out. */
	async createConnection(connection: NewConnection): Promise<DigaResource> {
		const path = paths.connections();
		const request = { method: 'POST', path, body: connection, effect: 'write' } as const;
		const { value: _value, ...shown } = this.created(
			await this.send('create', request),
			'connection',
		);
		return shown;
	}

	/** One page. Diga takes Spanish for the language if none is sent. */
	async listTemplates(query: TemplateQuery & { after?: string }): Promise<DigaPage<DigaResource>> {
		const wanted = { ...following(query), limit: TEMPLATE_PAGE_SIZE };
		return this.page(await this.read('view', paths.templates(), wanted), query.after);
	}

	async getTemplate(id: string): Promise<DigaResource> {
		return this.resource(await this.read('view', paths.template(id)));
	}

	/** Creates a flow, disabled. The answer is no flow: `flow_id`, `flow_name` and `edit_url`. */
	async copyTemplate(id: string, copy: TemplateCopy): Promise<IDataObject & { flow_id: string }> {
		const path = paths.templateCopy(id);
		const answer = await this.send('create', { method: 'POST', path, body: copy, effect: 'write' });
		const { body } = answer;
		if (isObject(body) && typeof body.flow_id === 'string')
			return { ...body, flow_id: body.flow_id };
		throw unclear(answer, 'flow');
	}

	/** Names the right that is missing, which Diga's own words may not. */
	private async send(right: Right, request: Request): Promise<ApiResponse> {
		try {
			return await this.client.send(request);
		} catch (error) {
			const refused = asOperationError(error);
			if (refused.details.status !== 403) throw refused;
			throw refused.withDescription(
				`The API key in the Diga API credential needs the permission workflows.${right}; a project administrator can give it in the Diga dashboard under Settings > Project > API Keys.`,
			);
		}
	}

	private async read(
		right: Right,
		path: Request['path'],
		query?: Request['query'],
	): Promise<ApiResponse> {
		return await this.send(right, { method: 'GET', path, query, effect: 'read' });
	}

	/** What can be done twice with no other result than once. */
	private async change(
		method: 'PATCH' | 'POST',
		path: Request['path'],
		body?: object,
	): Promise<DigaFlow> {
		return this.changed(await this.send('update', { method, path, body, effect: 'idempotent' }));
	}

	/** Branches are told apart by their place, which each change shifts. */
	private async changeBranch(
		method: 'DELETE' | 'POST',
		path: Request['path'],
		body: object,
	): Promise<DigaFlow> {
		return this.changed(await this.send('update', { method, path, body, effect: 'write' }));
	}

	/** What has effects elsewhere, so that it is never repeated. */
	private async act(path: Request['path']): Promise<ApiResponse> {
		return await this.send('update', { method: 'POST', path, effect: 'write' });
	}

	private object({ body, status }: ApiResponse): IDataObject {
		if (isObject(body)) return body;
		throw new OperationError('Diga answered without an object', { fromService: true, status });
	}

	private resource({ body, status }: ApiResponse): DigaResource {
		if (isResource(body)) return body;
		throw new OperationError('Diga answered without the resource', { fromService: true, status });
	}

	private changed({ body, status }: ApiResponse): DigaFlow {
		if (isResource(body)) return body;
		throw new OperationError('Diga answered without the flow that it changed', {
			fromService: true,
			status,
			outcomeUnknown: true,
			description: 'Look at the flow in Diga before you run this again.',
		});
	}

	private created(answer: ApiResponse, kind: string): DigaResource {
		if (isResource(answer.body)) return answer.body;
		throw unclear(answer, kind);
	}

	/** All of a list: one that cannot be read may be the one that is looked for. */
	private resources(list: unknown[], status: number): DigaResource[] {
		return list.map((one) => {
			if (isResource(one)) return one;
			throw new OperationError('Diga answered with a list in which something has no ID', {
				fromService: true,
				status,
			});
		});
	}

	private list({ body, status }: ApiResponse): unknown[] {
		if (Array.isArray(body)) return body;
		throw new OperationError('Diga answered without a list', { fromService: true, status });
	}

	/** @param after by which the page was asked for */
	private page(
		{ body, status, serverTimeMs }: ApiResponse,
		after?: string,
	): DigaPage<DigaResource> {
		if (!isObject(body) || !Array.isArray(body.data)) {
			throw new OperationError('Diga answered without a list', { fromService: true, status });
		}
		const results = this.resources(body.data, status);
		const { has_more: says, last_id: last, current_page: current, total_pages: total } = body;
		const asked = after === undefined ? 1 : numberOfPage(after);
		const page = typeof current === 'number' ? current : asked;
		const isBefore = typeof total === 'number' && page !== undefined && page < total;
		const hasMore = says === true || isBefore;
		if (!hasMore) return { results, serverTimeMs };
		if (typeof last === 'string' && last !== '')
			return { results, hasMore, next: last, serverTimeMs };
		const next = page === undefined ? undefined : `${BY_PAGE}${page + 1}`;
		const fingerprint = results.map(({ id }) => id).join();
		return { results, hasMore, next, fingerprint, serverTimeMs };
	}
}

/** `piece-slack` for @activepieces/piece-slack. */
export function shortPieceName(name: string): string {
	return name.slice(name.lastIndexOf('/') + 1);
}
