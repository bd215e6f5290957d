import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { summaryLines } from '../http/cancellation';
import { fieldsOf } from './describe';
import { asOperationError, canceledError, failedItem, OperationError, stopError } from '../errors';
import type { ItemError } from '../errors';
import type { Operation, Service } from '../operation';
import { inParallel, unlimited } from './parallel';
import { Parameters } from '../input/parameters';
import { HttpClient, editorLimits } from '../http/client';
import type { Parallelism } from '../http/requestScheduler';
import { hints } from './hints';
import { NodeRun } from '../nodeRun';
import { ProvisionalResult } from '../provisionalResult';
import { tokenFor } from './token';

function selectedOperation<Api>(context: IExecuteFunctions, service: Service<Api>): Operation<Api> {
	const resource: unknown = context.getNodeParameter('resource', 0);
	const operation: unknown = context.getNodeParameter('operation', 0);
	const found = service.resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new NodeOperationError(
		context.getNode(),
		`The resource "${String(resource)}" has no operation "${String(operation)}"`,
	);
}

/** Returns a hash of the node's credential, which identifies the account. Computed once for all items. */
async function accountHash<Api>(
	context: IExecuteFunctions,
	{ profile: { service, credential } }: Service<Api>,
	run: NodeRun,
): Promise<string> {
	return await run.loadOnce('account', async () => {
		const data = await context.getCredentials(credential);
		return createHash('sha256')
			.update(JSON.stringify([service, data]))
			.digest('hex');
	});
}

/**
 * Reads Parallel Requests, which applies to all items, from the first item. If it is invalid, returns 1, and the first
 * item fails when its options are checked. Throwing here would be wrong: with On Error set to continue, n8n outputs
 * the input of a node that throws.
 */
function parallelRequests(context: IExecuteFunctions, fields: INodeProperties[]): Parallelism {
	try {
		return new Parameters(context, 0, fields).number('options.parallelRequests') || 'automatic';
	} catch {
		return 1;
	}
}

/** The error of a canceled execution, by its signal. n8n's Retry On Fail runs a canceled node again and shows the last error. */
const canceledWith = new WeakMap<AbortSignal, Error>();

function logSummary(context: IExecuteFunctions, lines: string[]): void {
	const where = `${context.getNode().name}, execution ${context.getExecutionId()}`;
	for (const line of lines) context.logger.info(`${where}: ${line}`);
}

/** Functions that return the final output of an item, by its index. */
type ProvisionalItems = Map<number, () => Promise<INodeExecutionData[]>>;

/** Finalizes all items together, so that they share one list; also if an item failed, because others were created. */
async function finalizeAll(
	provisional: ProvisionalItems,
	outputs: INodeExecutionData[][],
	signal?: AbortSignal,
): Promise<void> {
	const finalized = Array.from(provisional, async ([item, finalize]) => {
		outputs[item] = await finalize();
	});
	// on cancellation, each item keeps its current output
	await Promise.all(finalized).catch((error: unknown) => {
		if (!signal?.aborted) throw error;
	});
}

/**
 * Runs the selected operation for every input item, several at a time. Output items are in input order and linked to
 * their input, on success and on failure.
 * @throws NodeApiError or NodeOperationError for the first failed item, unless the workflow continues on errors. Then
 * no more items are started, and the error lists everything that was created.
 */
export async function execute<Api>(
	context: IExecuteFunctions,
	service: Service<Api>,
): Promise<INodeExecutionData[][]> {
	const inputs = context.getInputData();
	if (inputs.length === 0) return [[]];

	const signal = context.getExecutionCancelSignal();
	const earlier = signal && canceledWith.get(signal);
	if (earlier) throw earlier;
	const outputs: INodeExecutionData[][] = inputs.map(() => []);
	const failures: ItemError[] = [];
	const continuesOnFail = context.continueOnFail();
	const operation = selectedOperation(context, service);
	const fields = fieldsOf(operation);
	const { maxParallelRequests } = service.profile;
	const run = new NodeRun(signal, parallelRequests(context, fields), maxParallelRequests);
	const provisional: ProvisionalItems = new Map();

	const runItem = async (item: number): Promise<INodeExecutionData[]> => {
		const parameters = new Parameters(context, item, fields);
		parameters.checkOptions();
		const limits = {
			timeoutMs: parameters.number('options.requestTimeout') * 1000,
			keepRetryingMs: parameters.number('options.keepRetryingFor') * 1000,
		};
		const client = new HttpClient(context, service.profile, limits, run);
		const execution = operation.execute({
			api: service.createApi(client),
			parameters,
			run,
			item,
			keepRetryingMs: limits.keepRetryingMs,
			account: async () => await accountHash(context, service, run),
			token: (purpose) => tokenFor(context, item, purpose),
			credential: async (type) => await context.getCredentials(type, item),
			registerSecrets: (...values) => {
				client.redaction.register(...values);
			},
		});
		// also from errors based on a success response, such as the message of a failed run
		const result = await execution.catch(asOperationError);
		if (result instanceof OperationError) throw await client.redaction.error(result);
		const toOutput = async (json: IDataObject | IDataObject[]) =>
			(await client.redaction.output([json].flat())).map((one) => ({
				json: one,
				pairedItem: { item },
			}));
		if (!(result instanceof ProvisionalResult)) return await toOutput(result);
		if (!result.isFinal) {
			provisional.set(item, async () => await toOutput(await result.finalize()));
		}
		return await toOutput(result.current);
	};

	const unfinished = new Set(inputs.keys());
	const working = inParallel(
		inputs.length,
		operation.isLongRunning ? unlimited : run.scheduler,
		async (item) => {
			try {
				outputs[item] = await runItem(item);
				unfinished.delete(item);
			} catch (error) {
				const itemError = { error: asOperationError(error), item };
				failures.push(itemError);
				outputs[item] = [failedItem(itemError, context.getNode())];
			}
		},
		() => !signal?.aborted && (continuesOnFail || failures.length === 0),
	);

	const client = new HttpClient(context, service.profile, editorLimits, run);
	await Promise.race([working, run.cancellation.requested]).finally(() => {
		run.cancellation.close();
	});
	if (signal?.aborted && unfinished.size > 0) {
		// at once, because n8n stores the error only at the time of the cancellation, if at all
		const [item = 0] = unfinished;
		const error = canceledError(run.cancellation.pendingSentence());
		const created = await client.redaction.output(run.created);
		const stopped = stopError(context.getNode(), [{ error, item }], created);
		canceledWith.set(signal, stopped);
		void run.cancellation.track(working).then(async () => {
			const lines = summaryLines(run.created, run.cancellation.unanswered);
			logSummary(context, await client.redaction.output(lines));
		});
		throw stopped;
	}
	await finalizeAll(provisional, outputs, signal);
	const created = await client.redaction.output(run.created);
	const [first, ...others] = failures;
	if (first && !continuesOnFail) throw stopError(context.getNode(), [first, ...others], created);
	const executionHints = await client.redaction.output(
		hints(run, service.profile.service, failures),
	);
	context.addExecutionHints(...executionHints);
	return [outputs.flat()];
}
