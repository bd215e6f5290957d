import { asOperationError, OperationError } from '../../../engine/errors';
import type { NodeRun } from '../../../engine/nodeRun';

/**
 * Sends a flow configuration with warnings. If AppFlow accepts it, the warnings become hints. If AppFlow rejects it,
 * often without a clear reason, the warnings come first in the description of the error.
 * @param warnings one or two sentences each
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
