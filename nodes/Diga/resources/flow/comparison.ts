import type { IDataObject } from 'n8n-workflow';
import { isObject, quoted } from '../../../engine/values';
import { shortPieceName } from '../../api/DigaApi';
import { textOf } from '../../pieces/pieces';
import { titleOf } from '../../model/tree';

/**
 * How a flow that there is differs from one that was asked for. It may have more than was asked for in places where Diga
 * fills something in: further members of the input, `valid`, versions of pieces, and the names of steps, which users
 * change. What Diga does not show is not compared, and is told: code, and what loops loop over.
 */
export interface Comparison {
	/** As a list of sentences without a full stop; empty when it is the same. */
	differences: string[];
	/** Titles of the steps that Diga does not show in full. */
	unseen: string[];
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null;
}

/**
 * The first place in which a value lacks what another one has.
 * Walked without recursion, as input may be nested as deep as it likes.
 * @returns the way to it, e.g. `input.rows.0`; undefined when there is none
 */
function lacking(wanted: unknown, found: unknown, at: string): string | undefined {
	const ahead: Array<[unknown, unknown, string]> = [[wanted, found, at]];
	for (let next; (next = ahead.pop());) {
		const [one, other, mode] = next;
		if (isNothing(one)) continue;
		if (Array.isArray(one)) {
			if (!Array.isArray(other) || other.length !== one.length) return mode;
			ahead.push(
				...one.map((value, index): [unknown, unknown, string] => [
					value,
					other[index],
					`${mode}.${index}`,
				]),
			);
		} else if (isObject(one)) {
			// nothing at all is as good as an object without members
			const values = isNothing(other) ? {} : other;
			if (!isObject(values)) return mode;
			for (const [name, value] of Object.entries(one)) {
				ahead.push([
					value,
					Object.hasOwn(values, name) ? values[name] : undefined,
					`${mode}.${name}`,
				]);
			}
		} else if (one !== other) {
			return mode;
		}
	}
	return undefined;
}

/** What settles what a step does, as messages name it. */
const TEXTS = {
	pieceName: 'piece',
	actionName: 'action',
	triggerName: 'trigger',
	executionType: 'mode',
};

function textsDiffer(name: string, wanted: string, found: unknown): boolean {
	const text = textOf(found);
	if (name !== 'pieceName' || text === undefined) return text !== wanted;
	return shortPieceName(text) !== shortPieceName(wanted);
}

function branchNames(settings: IDataObject): string[] | undefined {
	const { branches } = settings;
	if (!Array.isArray(branches)) return undefined;
	return (branches as unknown[]).map((one) =>
		isObject(one) ? (textOf(one.branchName) ?? '') : '',
	);
}

/** How a step differs from what was asked for; undefined when it does not. */
export function stepDifference(wanted: IDataObject, found: IDataObject): string | undefined {
	if (found.type !== wanted.type)
		return `is of the type ${quoted(found.type)} instead of ${quoted(wanted.type)}`;
	if (found.skip === true && wanted.skip !== true) return 'is skipped';
	const asked = isObject(wanted.settings) ? wanted.settings : {};
	const { settings: has } = found;
	if (!isObject(has)) return isObject(wanted.settings) ? 'does not show its settings' : undefined;
	for (const [name, label] of Object.entries(TEXTS)) {
		const text = textOf(asked[name]);
		if (text !== undefined && textsDiffer(name, text, has[name])) {
			return `has the ${label} ${quoted(has[name] ?? undefined)} instead of ${quoted(text)}`;
		}
	}
	const names = branchNames(asked);
	if (names && names.join('\n') !== branchNames(has)?.join('\n')) {
		return `has the branches ${quoted(branchNames(has)?.join(', '))} instead of ${quoted(names.join(', '))}`;
	}
	const mode =
		lacking(asked.input, has.input, 'input') ?? lacking(asked.branches, has.branches, 'branches');
	return mode === undefined ? undefined : `has another ${mode}`;
}

/** What is in a step: the first steps of its branches, or of its loop. */
function contentOf({ type, children, firstLoopAction }: IDataObject): unknown[] {
	const inside: unknown[] = Array.isArray(children) ? children : [];
	return type === 'LOOP_ON_ITEMS' && inside.length === 0 ? [firstLoopAction] : inside;
}

/** Code, and what a loop loops over, are in no answer; what is in a loop or router may be in none. */
function hides({ type, children }: IDataObject): boolean {
	return (
		type === 'CODE' || type === 'LOOP_ON_ITEMS' || (type === 'ROUTER' && !Array.isArray(children))
	);
}

/** Compares two trees, trigger by trigger and step by step. */
export function compareTrees(wanted: IDataObject, found: unknown): Comparison {
	const differences: string[] = [];
	const unseen: string[] = [];
	const ahead: Array<[unknown, unknown]> = [[wanted, found]];
	for (let next; (next = ahead.pop());) {
		const [one, other] = next;
		if (!isObject(one)) {
			if (isObject(other)) differences.push(`${titleOf(other)} was not asked for`);
			continue;
		}
		if (!isObject(other)) {
			differences.push(`${titleOf(one)} is missing`);
			continue;
		}
		const difference = stepDifference(one, other);
		if (difference !== undefined) differences.push(`${titleOf(other)} ${difference}`);
		if (hides(other)) unseen.push(titleOf(other));
		ahead.push([one.nextAction, other.nextAction]);
		if (difference !== undefined || !Array.isArray(other.children)) continue;
		const [asked, has] = [contentOf(one), contentOf(other)];
		const count = Math.max(asked.length, has.length);
		for (let index = 0; index < count; index++) ahead.push([asked[index], has[index]]);
	}
	return { differences, unseen };
}
