/**
 * Reads the format in which n8n returns an execution: a list of values, in which members are the positions of their values
 * as text. https://github.com/WebReflection/flatted
 * @throws SyntaxError if the text is not JSON
 */
export function parseFlatted(text: string): unknown {
	const parsed: unknown = JSON.parse(text);
	if (!Array.isArray(parsed)) throw new TypeError('The execution is not in the flatted format');
	const values: unknown[] = parsed;
	const resolved = new Map<number, unknown>();

	const resolve = (position: number): unknown => {
		if (resolved.has(position)) return resolved.get(position);
		const value = values[position];
		if (typeof value !== 'object' || value === null) return value;
		const copy: object = Array.isArray(value) ? [] : {};
		// before the members, which may refer to it
		resolved.set(position, copy);
		for (const [key, member] of Object.entries(value) as Array<[string, unknown]>) {
			const read = typeof member === 'string' ? resolve(Number(member)) : member;
			Object.defineProperty(copy, key, {
				value: read,
				enumerable: true,
				configurable: true,
				writable: true,
			});
		}
		return copy;
	};
	return resolve(0);
}
