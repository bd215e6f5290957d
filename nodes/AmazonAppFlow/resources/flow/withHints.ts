import { asOperationError, OperationError } from '../../../engine/errors';
import type { NodeRun } from '../../../engine/nodeRun';

/**
 * Sends a configuration of a flow of which something is doubtful, or was changed. When AppFlow takes it, the warnings become
 * hints; when it refuses it, seldom saying why, they come first in the advice.
 * @param warnings a sentence or two each
 */
export async function withHints<Answer>(
	run: NodeRun,
	{ flow, warnings }: { flow: string; warnings: string[] },
	send: () => Promise<Answer>,
): Promise<Answer> {
	const answer = await send().catch(asOperationError);
	if (!(answer instanceof OperationError)) {
		run.warnings.push(...warnings.map((warning) => `Flow "${flow}": ${warning}`));
		return answer;
	}
	if (answer.details.status !== 400 || warnings.length === 0) throw answer;
	throw answer.withDescription([...warnings, answer.details.description].filter(Boolean).join(' '));
}
