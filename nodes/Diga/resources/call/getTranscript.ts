import { warnIncomplete } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { toTranscript } from '../../model/transcript';
import { callField, callId } from './callId';

export const getTranscript: Operation<DigaApi> = {
	name: 'Get Transcript',
	value: 'getTranscript',
	action: 'Get transcript of call',
	description:
		'Retrieve what was said in a call, as a list of messages and as text. Both are empty if nobody spoke.',
	fields: [callField],
	async execute({ api, parameters, run, item }) {
		const id = callId(parameters);
		const list = await api.calls.transcript(id);
		warnIncomplete(run, item, list);
		return { call_id: id, ...toTranscript(list.results) };
	},
};
