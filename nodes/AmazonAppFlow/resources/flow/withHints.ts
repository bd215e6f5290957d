import { asOperationError, OperationError } from '../../../engine/errors';
import type { NodeRun } from '../../../engine/nodeRun';

/**
 * Sends a configuration of a flow of which something is doubtful, or was changed. When AppFlow takes it, the notes become
 * hints; when it refuses it, seldom saying why, they come first in the advice.
 * @param notes a sentence or two each
 */
export async function withHints<Answer>(
	run: NodeRun,
	{ flow, notes }: { flow: string; notes: string[] },
	send: () => Promise<Answer>,
): Promise<Answer> {
	const answer = await send().catch(asOperationError);
	if (!(answer instanceof OperationError)) {
		run.warnings.push(...notes.map((note) => `Flow "${flow}": ${note}`));
		return answer;
	}
	if (answer.details.status !== 400 || notes.length === 0) throw answer;
	throw answer.withDescription([...notes, answer.details.description].filter(Boolean).join(' '));
}
