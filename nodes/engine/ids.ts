/** The ID of a resource. Numbers that JavaScript cannot represent are text. */
export type ResourceId = string | number;

/** Compares IDs as text, because a service may return an ID as a number or as text. */
export function sameId(one: ResourceId, other: ResourceId): boolean {
	return String(one) === String(other);
}

/**
 * Compares IDs for sorting: numeric IDs by value, with any number of digits, and others by their characters.
 * @returns negative, 0 or positive
 */
export function compareIds(one: ResourceId, other: ResourceId): number {
	const [a, b] = [String(one), String(other)];
	if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(BigInt(a) - BigInt(b));
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
