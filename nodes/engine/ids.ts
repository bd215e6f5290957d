/** By which a service knows something; digits may come as text where JavaScript cannot hold the number. */
export type ResourceId = string | number;

/** IDs are compared as text, because a service may write a large number either way. */
export function sameId(one: ResourceId, other: ResourceId): boolean {
	return String(one) === String(other);
}

/**
 * Orders IDs: digits by their value, however many, and all others by their characters.
 * @returns negative, 0 or positive, as a sort wants it
 */
export function compareIds(one: ResourceId, other: ResourceId): number {
	const [a, b] = [String(one), String(other)];
	if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(BigInt(a) - BigInt(b));
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
