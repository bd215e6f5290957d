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
	// not empty, because n8n turns an empty field into an expression when a flow with references is pasted
	default: '{}',
	placeholder: 'e.g. {"trigger": {"name": "trigger", "type": "PIECE_TRIGGER", ...}}',
	description:
		"A flow exported from Diga's editor, or only its trigger with all steps nested in it. Do not use the output of Get: the API omits loops, code and error options.",
};

/** A flow to import. */
export interface FlowTree {
	/** With all steps nested in it. */
	trigger: IDataObject;
	schemaVersion?: string;
}

/**
 * Reads {@link flowJson}: a trigger, or an exported flow or template that contains one.
 * @throws OperationError if there is no trigger, if it is nested too deep to send, or if it lacks members that the API
 * omits from responses: importing it would erase those
 */
export function readFlowJson(parameters: Parameters): FlowTree {
	const given = parameters.json('flowJson');
	if (Object.keys(given).length === 0) throw inputError('Flow (JSON) is empty');
	const flow = isObject(given.template) ? given.template : given;
	const trigger = isObject(flow.trigger) ? flow.trigger : flow;
	if (typeof trigger.type !== 'string') {
		throw inputError(
			'Flow (JSON) must have a trigger with a type',
			'Enter an object such as {"trigger": {"name": "trigger", "type": "PIECE_TRIGGER", "settings": {...}, "nextAction": {...}}}.',
		);
	}
	for (const step of walk(trigger)) {
		if (!isIncomplete(step)) continue;
		throw inputError(
			`Flow (JSON): the step ${titleOf(step)} has no ${step.type === 'CODE' ? 'settings.sourceCode' : 'settings.items'}`,
			'Export the flow from Diga. The output of Flow > Get omits loops and code, so importing it would erase them.',
		);
	}
	// fails now if it is nested too deep, before anything is created
	writeJson(trigger);
	const { schemaVersion } = flow;
	return {
		trigger,
		...(typeof schemaVersion === 'string' && schemaVersion !== '' && { schemaVersion }),
	};
}

/** Whether a step lacks its code or loop items, which the API omits from responses. */
function isIncomplete({ type, settings }: IDataObject): boolean {
	const { sourceCode, items } = isObject(settings) ? settings : {};
	return (
		(type === 'CODE' && !isObject(sourceCode)) ||
		(type === 'LOOP_ON_ITEMS' && (items === undefined || items === null))
	);
}
