import type { IDataObject } from 'n8n-workflow';

/**
 * Whether a run is over. Upper case in Portable's schema, lower case in most of its examples;
 * an unknown state is not taken for the end, and no outcome is needed for it: a cancelled run has none.
 */
export function isOver({ lifecycle }: IDataObject): boolean {
	return typeof lifecycle === 'string' && lifecycle.toUpperCase() === 'NOT_RUNNING';
}

export function hasSucceeded({ disposition }: IDataObject): boolean {
	return typeof disposition === 'string' && disposition.toUpperCase() === 'SUCCEEDED';
}

/** A cancelled run has neither succeeded nor failed. */
export function hasFailed({ disposition }: IDataObject): boolean {
	return typeof disposition === 'string' && disposition.toUpperCase() === 'FAILED';
}

export function isScheduled({ trigger }: IDataObject): boolean {
	return typeof trigger === 'string' && trigger.toLowerCase() === 'scheduled';
}

/** What a run says of its failure: its own errors, and those of its resources. Null, empty and absent are the same. */
export function errorsOf({ errors, resources }: IDataObject): string[] {
	const own = Array.isArray(errors) ? errors : [];
	const parts = Array.isArray(resources) ? resources : [];
	const ofParts = parts.flatMap((part: unknown) => {
		const { name, errors: texts } = (part ?? {}) as { name?: unknown; errors?: unknown };
		return Array.isArray(texts) ? texts.map((text) => `${String(name)}: ${String(text)}`) : [];
	});
	return [...own.map(String), ...ofParts];
}

/** The latest attempt, in whatever order they come. */
export function newestOf<Attempt extends { id: number }>(attempts: Attempt[]): Attempt | undefined {
	return attempts.reduce<Attempt | undefined>(
		(newest, attempt) => (newest && newest.id > attempt.id ? newest : attempt),
		undefined,
	);
}

/** A state or outcome as it comes, for a message. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : 'unknown';
}
