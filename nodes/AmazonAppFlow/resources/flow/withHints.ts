import { asFault, Fault } from '../../../engine/errors';
import type { Run } from '../../../engine/nodeRun';

/**
 * Sends a configuration of a flow of which something is doubtful, or was changed. When AppFlow takes it, the notes become
 * hints; when it refuses it, seldom saying why, they come first in the advice.
 * @param notes a sentence or two each
 */
export async function noting<Answer>(
	run: Run,
	{ flow, notes }: { flow: string; notes: string[] },
	send: () => Promise<Answer>,
): Promise<Answer> {
	const answer = await send().catch(asFault);
	if (!(answer instanceof Fault)) {
		run.notes.push(...notes.map((note) => `Flow "${flow}": ${note}`));
		return answer;
	}
	if (answer.parts.status !== 400 || notes.length === 0) throw answer;
	throw answer.describedAs([...notes, answer.parts.description].filter(Boolean).join(' '));
}
