import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import { eachOf, serverTimeMs } from './checkAll';
import type { PollState } from './pollState';
import { placeOf } from './readBack';
import type { Found, Poll, RunTrigger } from './runTrigger';
import { chosenOutcome } from './watchFields';

/** Returns whether a finished run starts the workflow, as the user configured it. */
export function wantedRuns<Api, R extends IDataObject>({
	trigger,
	parameters,
}: Poll<Api, R>): (run: R) => boolean {
	if (trigger.isWanted) return trigger.isWanted(parameters);
	const outcome = chosenOutcome(parameters);
	switch (outcome) {
		case 'any':
			return () => true;
		case 'failed':
			return trigger.hasFailed;
		case 'succeeded':
			return trigger.hasSucceeded;
	}
}

export function items<R extends IDataObject>(
	found: Array<Found<R>>,
	{ output = (run) => run }: Pick<RunTrigger<never, R>, 'output'>,
): INodeExecutionData[][] {
	return [found.map(({ run, id }) => ({ json: output(run, id) }))];
}

/** What a poll reports, in the order in which the runs ended. */
export interface Report<R> {
	found: Array<Found<R>>;
	/** Why runs could not be completed. */
	errors: OperationError[];
}

/** Keeps a finished run in the state as a run in progress, so that a later poll reports it. */
function defer<Api, R extends IDataObject>(
	{ trigger }: Poll<Api, R>,
	state: PollState,
	{ run, id }: Found<R>,
): void {
	const { before } = state.known(id);
	if (!before) return;
	const deferred = { id: trigger.idOf(run), order: placeOf(run, trigger), missingSince: null };
	const others = before.inProgress.filter((one) => String(one.id) !== String(deferred.id));
	state.keep(id, { ...before, inProgress: [...others, deferred] });
}

/** Completes the runs of a poll, several at a time. Runs that cannot be completed yet are left to a later poll. */
export async function completed<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	state: PollState,
	{ runs, deadline }: { runs: Array<Found<R>>; deadline: number },
): Promise<Report<R>> {
	const { api, parameters } = poll;
	const { complete, timeOf } = poll.trigger;
	const time = ({ run }: Found<R>) => timeOf(run) ?? 0;
	const inOrder = [...runs].sort((a, b) => time(a) - time(b));
	if (!complete) return { found: inOrder, errors: [] };
	const done = new Map<Found<R>, R>();
	const errors: OperationError[] = [];
	const nowMs = serverTimeMs(poll);
	await eachOf(
		inOrder,
		poll.run.scheduler,
		async (one) => {
			const run = await complete(api, one.run, { parameters, nowMs }).catch(asOperationError);
			if (run instanceof OperationError) errors.push(run);
			else if (run) done.set(one, run);
		},
		() => Date.now() < deadline,
	);
	const found = inOrder.flatMap((one) => {
		const run = done.get(one);
		if (run) return { run, id: one.id };
		defer(poll, state, one);
		return [];
	});
	return { found, errors };
}
