import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { writeJson } from '../../../engine/http/body';
import { isObject } from '../../../engine/values';
import { titleOf, walk } from '../../model/tree';

export const flowJson: INodeProperties = {
	displayName: 'Flow (JSON)',
	name: 'flowJson',
	type: 'json',
	required: true,
	// not empty: n8n makes an expression of an empty field into which a flow with references is pasted
	default: '{}',
	placeholder: 'e.g. {"trigger": {"name": "trigger", "type": "PIECE_TRIGGER", ...}}',
	description:
		"A flow as Diga's editor exports it, or its trigger alone, with all steps nested in it. Not what Get outputs: the API leaves out loops, code and error options.",
};

/** A whole flow, as it is imported. */
export interface FlowTree {
	trigger: IDataObject;
	schemaVersion?: string;
}

/**
 * The tree in {@link flowJson}: the trigger, or an object that has it, as an exported flow and a template do.
 * @throws Fault when it is none, is too deep to be sent, or lacks what the API leaves out of its answers: importing it would erase that
 */
export function readFlowJson(parameters: Parameters): FlowTree {
	const given = parameters.json('flowJson');
	if (Object.keys(given).length === 0) throw inputError('Flow (JSON) is empty');
	const flow = isObject(given.template) ? given.template : given;
	const trigger = isObject(flow.trigger) ? flow.trigger : flow;
	if (typeof trigger.type !== 'string') {
		throw inputError(
			'Flow (JSON) must have a trigger with a type',
			'It looks like {"trigger": {"name": "trigger", "type": "PIECE_TRIGGER", "settings": {...}, "nextAction": {...}}}.',
		);
	}
	for (const step of walk(trigger)) {
		if (!lacksWhatAnswersLack(step)) continue;
		throw inputError(
			`Flow (JSON): the step ${titleOf(step)} has no ${step.type === 'CODE' ? 'settings.sourceCode' : 'settings.items'}`,
			'The API leaves out loops and code when it answers, so that importing such an answer would erase them. Take the flow from where it was exported.',
		);
	}
	// before anything is created for it
	writeJson(trigger);
	const { schemaVersion } = flow;
	return {
		trigger,
		...(typeof schemaVersion === 'string' && schemaVersion !== '' && { schemaVersion }),
	};
}

function lacksWhatAnswersLack({ type, settings }: IDataObject): boolean {
	const { sourceCode, items } = isObject(settings) ? settings : {};
	return (
		(type === 'CODE' && !isObject(sourceCode)) ||
		(type === 'LOOP_ON_ITEMS' && (items === undefined || items === null))
	);
}
