import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asOperationError, OperationError } from '../../engine/errors';
import type { OperationContext } from '../../engine/operation';
import { nonBlankText } from '../../engine/values';
import type { DigaApi } from '../api/DigaApi';
import type { Publication } from '../api/agentEndpoints';
import type { DigaAgent } from '../api/resource';
import { differingSettings, flowsOf, hasSameFlows, nameOf } from './differences';
import { currentPhones } from './phones';
import { createVersion, findVersionOf, versionIds } from './versions';

export const publishOtherChanges: INodeProperties = {
	displayName: 'Publish Other Changes Too',
	name: 'publishOtherChanges',
	type: 'boolean',
	default: false,
	description:
		'Whether to publish the agent even if its draft has changes other than its flows, which then also go live',
};

export interface PublishOptions {
	publishOtherChanges: boolean;
	/** The name of the new version. */
	versionName?: string;
}

/** @throws OperationError if publishing the draft would change more than the flows of the agent */
export function mustChangeFlowsOnly(draft: DigaAgent, published: DigaAgent | undefined): void {
	const names = published && differingSettings(draft, published);
	if (names?.length === 0) return;
	throw new OperationError(
		names
			? `The draft of the agent ${nameOf(draft)} has other changes that would go live: ${names.slice(0, 20).join(', ')}`
			: `The agent ${nameOf(draft)} is not published, so its whole draft would go live`,
		{
			fromService: true,
			description:
				'The agent was not published. Publish it in Diga, or turn on Publish Other Changes Too in Options.',
		},
	);
}

/**
 * Reads a new version, which cannot change any more.
 * @throws OperationError if it lacks flows of the draft: Diga documents this for new versions.
 * https://docs.diga.io/en/build/flows/assign-agents
 */
async function checkVersion(
	api: DigaApi,
	draft: DigaAgent,
	{ id, publishOtherChanges: allows }: { id: string; publishOtherChanges: boolean },
): Promise<void> {
	const version = await api.agents.get(draft.agent_id, { version_id: id });
	const changed = differingSettings(version, draft);
	const isSame = hasSameFlows(version, draft);
	if (isSame && (allows || changed.length === 0)) return;
	const missing = flowsOf(draft).filter((flow) => !flowsOf(version).includes(flow));
	const why =
		missing.length > 0
			? `it does not have the flows ${missing.slice(0, 20).join(', ')}`
			: isSame
				? `the draft was changed at the same time: ${changed.slice(0, 20).join(', ')}`
				: 'the flows of the draft were changed at the same time';
	throw new OperationError(
		`The new version ${id} of the agent ${nameOf(draft)} was not published, because ${why}`,
		{
			fromService: true,
			description: 'The version that was published before still handles the calls.',
		},
	);
}

/** How often the flows of a draft are restored. */
const MAX_RESTORES = 3;

/** Restores the flows of a draft that has none. @returns whether it has flows, as far as a read shows */
async function restoreOnce(api: DigaApi, agent: string, flows: string[]): Promise<boolean> {
	if (flowsOf(await api.agents.get(agent)).length > 0) return true;
	await api.agents.setFlows(agent, flows);
	return false;
}

/**
 * Restores the flows of the draft if creating a version has removed them, so that the next version has them.
 * @throws OperationError that lists the flows if they cannot be restored
 */
async function restoreFlows(api: DigaApi, draft: DigaAgent): Promise<void> {
	const { agent_id: id } = draft;
	const wanted = flowsOf(draft);
	if (wanted.length === 0) return;
	let failed: OperationError | undefined;
	// reading the draft again settles a lost response, and one without an effect
	for (let attempt = 0; attempt < MAX_RESTORES; attempt++) {
		const has = await restoreOnce(api, id, wanted).catch(asOperationError);
		if (has === true) return;
		failed = has instanceof OperationError ? has : undefined;
		if (failed && !failed.details.outcomeUnknown) break;
	}
	const error =
		failed ??
		new OperationError('Diga did not report an error, but the draft still has no flows', {
			fromService: true,
		});
	throw error.withDescription(
		`Creating a version may have removed the flows from the draft of the agent ${nameOf(draft)}. Assign them again: ${wanted.join(', ')}.`,
	);
}

/** Publishes a version, and reads it back. @returns the published version */
async function publish(
	api: DigaApi,
	draft: DigaAgent,
	publication: Publication,
): Promise<DigaAgent> {
	const { agent_id: id } = draft;
	const sent = await api.agents.publish(id, publication).catch(asOperationError);
	if (sent instanceof OperationError && !sent.details.outcomeUnknown) throw sent;
	const now = await api.agents.findPublished(id).catch(asOperationError);
	const maybe = `The version ${publication.version_id} of the agent ${nameOf(draft)} may be published anyway. You can run this again: a version that equals the draft is used.`;
	if (now instanceof OperationError) {
		throw new OperationError(now.message, {
			...now.details,
			outcomeUnknown: true,
			description: maybe,
		});
	}
	if (now?.version_id !== publication.version_id) {
		if (sent instanceof OperationError) throw sent.withDescription(maybe);
		const shown = nonBlankText(now?.version_id);
		throw new OperationError(
			`Diga did not report an error, but did not publish the version ${publication.version_id} of the agent ${nameOf(draft)}`,
			{
				fromService: true,
				description:
					shown === undefined
						? 'Diga shows no published version of the agent.'
						: `The version ${shown} is published.`,
			},
		);
	}
	if (!(sent instanceof OperationError)) mustKeepPhones(draft, publication, sent);
	return now;
}

/** @throws OperationError if the response shows another phone number than the agent had */
function mustKeepPhones(draft: DigaAgent, publication: Publication, shown: IDataObject): void {
	for (const direction of ['inbound', 'outbound'] as const) {
		const found = shown[`${direction}_phone_number_id`];
		const wanted = publication[`${direction}_phone_number_id`];
		if (found === undefined || (found ?? undefined) === wanted) continue;
		throw new OperationError(
			`The agent ${nameOf(draft)} was published, but Diga shows another ${direction} phone number than before`,
			{ fromService: true, description: 'Check the phone numbers of the agent in Diga.' },
		);
	}
}

/**
 * Publishes the draft of an agent: creates a version, checks that it has the flows of the draft, and makes it handle the
 * calls with the same phone numbers as before. Does nothing if the draft is already published. Call it with the lock of
 * the agent. https://docs.diga.io/en/build/agents/version-control
 * @returns the published version
 */
export async function publishAgent(
	context: OperationContext<DigaApi>,
	draft: DigaAgent,
	options: PublishOptions,
): Promise<DigaAgent> {
	const { api } = context;
	const { agent_id: id } = draft;
	const published = await api.agents.findPublished(id);
	if (
		published &&
		differingSettings(draft, published).length === 0 &&
		hasSameFlows(draft, published)
	) {
		return published;
	}
	if (!options.publishOtherChanges) mustChangeFlowsOnly(draft, published);
	const phones = await currentPhones(api, draft);
	const known = await versionIds(api, draft);
	const existing = nonBlankText((await findVersionOf(api, draft, known))?.version_id);
	if (existing === undefined) {
		const created = await createVersion(context, draft, { known, name: options.versionName });
		await restoreFlows(api, draft);
		await checkVersion(api, draft, { id: created, ...options });
		return await publish(api, draft, { version_id: created, ...phones });
	}
	return await publish(api, draft, { version_id: existing, ...phones });
}
