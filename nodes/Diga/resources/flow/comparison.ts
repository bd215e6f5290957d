import type { IDataObject } from 'n8n-workflow';
import { isObject, nonBlankText, quoted } from '../../../engine/values';
import { shortPieceName } from '../../api/pieceEndpoints';
import { branchNames, titleOf } from '../../model/tree';

/**
 * How an existing flow differs from a wanted one. The existing flow may have more than was sent where Diga adds
 * something: further members of the input, `valid`, versions of pieces. Step names are not compared, because users
 * change them. Code and the items of loops are not compared, because Diga does not show them.
 */
export interface Comparison {
	/** Sentences without a full stop. Empty if the flows are the same. */
	differences: string[];
	/** The titles of steps that Diga does not show completely. */
	notCompared: string[];
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null;
}

/**
 * Finds the first place where a value lacks a part of the wanted value.
 * Works without recursion, because input may be nested deeply.
 * @returns its path, e.g. `input.rows.0`; undefined if nothing is missing
 */
function findMissing(wanted: unknown, found: unknown, root: string): string | undefined {
	const ahead: Array<[wanted: unknown, found: unknown, path: string]> = [[wanted, found, root]];
	for (let next; (next = ahead.pop());) {
		const [one, other, path] = next;
		if (isNothing(one)) continue;
		if (Array.isArray(one)) {
			if (!Array.isArray(other) || other.length !== one.length) return path;
			for (const [index, value] of (one as unknown[]).entries()) {
				ahead.push([value, other[index], `${path}.${index}`]);
			}
		} else if (isObject(one)) {
			// an absent object is equal to an empty one
			const values = isNothing(other) ? {} : other;
			if (!isObject(values)) return path;
			for (const [name, value] of Object.entries(one)) {
				const own = Object.hasOwn(values, name) ? values[name] : undefined;
				ahead.push([value, own, `${path}.${name}`]);
			}
		} else if (one !== other) {
			return path;
		}
	}
	return undefined;
}

/** The settings that must be equal, and their names in messages. */
const COMPARED_SETTINGS = {
	pieceName: 'piece',
	actionName: 'action',
	triggerName: 'trigger',
	executionType: 'mode',
};

function isSameSetting(name: string, wanted: string, found: unknown): boolean {
	const text = nonBlankText(found);
	if (name !== 'pieceName' || text === undefined) return text === wanted;
	return shortPieceName(text) === shortPieceName(wanted);
}

/** How a step differs from the wanted one, e.g. `is skipped`. Undefined if it does not differ. */
export function stepDifference(wanted: IDataObject, found: IDataObject): string | undefined {
	if (found.type !== wanted.type)
		return `has the type ${quoted(found.type)} instead of ${quoted(wanted.type)}`;
	if (found.skip === true && wanted.skip !== true) return 'is skipped';
	const expected = isObject(wanted.settings) ? wanted.settings : {};
	const { settings: actual } = found;
	if (!isObject(actual))
		return isObject(wanted.settings) ? 'does not show its settings' : undefined;
	for (const [name, label] of Object.entries(COMPARED_SETTINGS)) {
		const text = nonBlankText(expected[name]);
		if (text !== undefined && !isSameSetting(name, text, actual[name])) {
			return `has the ${label} ${quoted(actual[name] ?? undefined)} instead of ${quoted(text)}`;
		}
	}
	const names = branchNames(wanted);
	const actualNames = branchNames(found);
	if (names && names.join('\n') !== actualNames?.join('\n')) {
		return `has the branches ${quoted(actualNames?.join(', '))} instead of ${quoted(names.join(', '))}`;
	}
	const path =
		findMissing(expected.input, actual.input, 'input') ??
		findMissing(expected.branches, actual.branches, 'branches');
	return path === undefined ? undefined : `has a different ${path}`;
}

/** The first steps inside a step: one for each branch, or one for a loop. */
function firstStepsInside({ type, children, firstLoopAction }: IDataObject): unknown[] {
	const inside: unknown[] = Array.isArray(children) ? children : [];
	return type === 'LOOP_ON_ITEMS' && inside.length === 0 ? [firstLoopAction] : inside;
}

/** Whether responses omit parts of a step: code, the items of a loop, and possibly the steps inside. */
function isShownInPart({ type, children }: IDataObject): boolean {
	return (
		type === 'CODE' || type === 'LOOP_ON_ITEMS' || (type === 'ROUTER' && !Array.isArray(children))
	);
}

/** Compares two trees step by step, each given by its trigger. */
export function compareTrees(wanted: IDataObject, found: unknown): Comparison {
	const differences: string[] = [];
	const notCompared: string[] = [];
	const ahead: Array<[wanted: unknown, found: unknown]> = [[wanted, found]];
	for (let next; (next = ahead.pop());) {
		const [one, other] = next;
		if (!isObject(one)) {
			if (isObject(other)) differences.push(`${titleOf(other)} is not expected`);
			continue;
		}
		if (!isObject(other)) {
			differences.push(`${titleOf(one)} is missing`);
			continue;
		}
		const difference = stepDifference(one, other);
		if (difference !== undefined) differences.push(`${titleOf(other)} ${difference}`);
		if (isShownInPart(other)) notCompared.push(titleOf(other));
		ahead.push([one.nextAction, other.nextAction]);
		if (difference !== undefined || !Array.isArray(other.children)) continue;
		const [expected, actual] = [firstStepsInside(one), firstStepsInside(other)];
		const count = Math.max(expected.length, actual.length);
		for (let index = 0; index < count; index++) ahead.push([expected[index], actual[index]]);
	}
	return { differences, notCompared };
}
