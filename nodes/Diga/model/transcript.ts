import type { IDataObject } from 'n8n-workflow';
import { nonBlankText } from '../../engine/values';

/** A transcript: Diga's messages, oldest first, and the spoken ones as text with a line for each. */
export function toTranscript(messages: IDataObject[]): IDataObject {
	const lines = messages.flatMap(({ role, content }) => {
		const text = nonBlankText(content);
		if (text === undefined) return [];
		const speaker = nonBlankText(role);
		return speaker === undefined ? text : `${speaker}: ${text}`;
	});
	return { messages, transcript: lines.join('\n') };
}
