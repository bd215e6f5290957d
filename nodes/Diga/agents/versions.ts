import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { sleep } from '../../engine/sleep';
import { nonBlankText } from '../../engine/values';
import type { DigaApi } from '../api/DigaApi';
import type { DigaAgent } from '../api/resource';
import { differingSettings, hasSameFlows, nameOf } from './differences';

/** The time before versions are listed a second time after a lost response. */
const PAUSE_MS = 2000;

/** The versions of an agent that are not its draft, newest first. @throws OperationError if Diga does not list them */
export async function versionIds(api: DigaApi, draft: DigaAgent): Promise<string[]> {
	const number = ({ version_number: value }: IDataObject) =>
		typeof value === 'number' ? value : 0;
	// Diga need not show which one is the draft: https://docs.diga.io/api-reference/openapi.json
	const isDraft = ({ is_draft: shown, version_id: id }: IDataObject) =>
		typeof shown === 'boolean' ? shown : id === draft.version_id;
	return (await api.agents.listVersions(draft.agent_id))
		.filter((version) => !isDraft(version))
		.sort((a, b) => number(b) - number(a))
		.flatMap(({ version_id: id }) => nonBlankText(id) ?? []);
}

/** Whether a version has the settings and flows of a draft. */
function isVersionOf(version: DigaAgent, draft: DigaAgent): boolean {
	return (
		version.is_draft !== true &&
		differingSettings(version, draft).length === 0 &&
		hasSameFlows(version, draft)
	);
}

/** Returns the newest version if it equals the draft: an earlier attempt may have created it and then stopped. */
export async function findVersionOf(
	api: DigaApi,
	draft: DigaAgent,
	ids: string[],
): Promise<DigaAgent | undefined> {
	const [newest] = ids;
	if (newest === undefined) return undefined;
	const version = await api.agents.get(draft.agent_id, { version_id: newest });
	return isVersionOf(version, draft) ? version : undefined;
}

/** Searches twice for a version whose response was lost. @param known the versions from before */
async function recover(
	{ api, run: { signal } }: OperationContext<DigaApi>,
	draft: DigaAgent,
	known: string[],
): Promise<{ version?: DigaAgent; isMissing: boolean }> {
	let isMissing = true;
	for (const pauseMs of [0, PAUSE_MS]) {
		if (pauseMs > 0) await sleep(pauseMs, signal);
		const ids = await versionIds(api, draft).catch(asOperationError);
		if (signal?.aborted) signal.throwIfAborted();
		if (ids instanceof OperationError) {
			isMissing = false;
			continue;
		}
		const fresh = ids.filter((id) => !known.includes(id));
		if (fresh.length > 0) isMissing = false;
		const version = await findVersionOf(api, draft, fresh).catch(asOperationError);
		if (version && !(version instanceof OperationError)) return { version, isMissing };
	}
	return { isMissing };
}

/**
 * Creates a version of the draft. After a lost response, searches for it. Sends the request again only if Diga was busy
 * and lists no new version.
 * @param known the versions that exist before
 */
export async function createVersion(
	context: OperationContext<DigaApi>,
	draft: DigaAgent,
	{ known, name }: { known: string[]; name?: string },
): Promise<string> {
	const { api, run, item, keepRetryingMs } = context;
	const deadline = Date.now() + keepRetryingMs;
	for (;;) {
		const sent = await api.agents.createVersion(draft.agent_id, name).catch(asOperationError);
		const id = sent instanceof OperationError ? undefined : nonBlankText(sent.version_id);
		if (id !== undefined && !known.includes(id)) {
			run.created.push({ kind: 'agent version', id, item });
			return id;
		}
		if (sent instanceof OperationError && !sent.details.outcomeUnknown) throw sent;
		const { version, isMissing } = await recover(context, draft, known);
		const recovered = nonBlankText(version?.version_id);
		if (recovered !== undefined) {
			run.created.push({ kind: 'agent version', id: recovered, item });
			run.recovered.push({ kind: 'agent version', id: recovered, item });
			return recovered;
		}
		const error =
			sent instanceof OperationError
				? sent
				: new OperationError("Diga's response does not contain the new version", {
						fromService: true,
						outcomeUnknown: true,
					});
		const mayRepeat = error.details.retryAfterCheckMs !== undefined && Date.now() < deadline;
		if (isMissing && mayRepeat) continue;
		throw error.withDescription(
			`A version of the agent ${nameOf(draft)} may have been created anyway. It was not published. You can run this again: a version that equals the draft is used.`,
		);
	}
}
