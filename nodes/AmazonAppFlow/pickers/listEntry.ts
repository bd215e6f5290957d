import type { INodeListSearchItems } from 'n8n-workflow';
import { trimmedText } from '../../engine/values';

/** A list entry for a name, with a label and details to distinguish it. Empty if there is no name. */
export function listEntry(value: unknown, ...more: unknown[]): INodeListSearchItems[] {
	const name = trimmedText(value);
	if (name === undefined) return [];
	const [label = name, ...details] = more.flatMap((part) => trimmedText(part) ?? []);
	const shown = label === name ? name : `${label} (${name})`;
	return [{ name: [shown, ...details].join(' · '), value: name }];
}
