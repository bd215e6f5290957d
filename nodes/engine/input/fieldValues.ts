import type { IGetNodeParameterOptions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { inputError } from '../errors';
import { isBlank, unwrapLocator } from '../values';
import { findField } from './field';
import type { FoundField } from './field';

/** The part of n8n's context that parameters are read from. */
export interface Reader {
	getInputData: () => INodeExecutionData[];
	getNodeParameter: (
		path: string,
		item: number,
		fallback: null,
		options?: IGetNodeParameterOptions,
	) => unknown;
	getTimezone: () => string;
}

/** The values of fields for one item, as n8n resolves them. */
export class FieldValues {
	constructor(
		protected readonly reader: Reader,
		protected readonly item: number,
		private readonly fields: INodeProperties[],
	) {}

	/** The value with resolved expressions. Undefined if the field is hidden or not set. */
	raw(path: string): unknown {
		return unwrapLocator(this.parameter(path)) ?? undefined;
	}

	/** The value as stored in the workflow, with unresolved expressions. Undefined if the field is hidden. */
	written(path: string): unknown {
		return this.parameter(path, { rawExpressions: true }) ?? undefined;
	}

	/** The time zone of the workflow, which applies to dates without a time zone. */
	get timezone(): string {
		return this.reader.getTimezone();
	}

	/** The value, or the default if a blank value means the default. */
	protected orDefault(path: string): unknown {
		const value = this.raw(path);
		if (!isBlank(value)) return value;
		const { blankMeansDefault, field, label } = this.found(path);
		if (blankMeansDefault) return field.default;
		throw inputError(
			`${label} is empty`,
			'If it is an expression, check why its result is empty for this item.',
		);
	}

	/** @throws Error if the operation has no such field: n8n returns nothing for a misspelled path */
	protected found(path: string): FoundField {
		const found = findField(this.fields, path);
		if (found) return found;
		throw new Error(`The operation has no field "${path}"`);
	}

	protected has(path: string): boolean {
		return findField(this.fields, path) !== undefined;
	}

	protected label(path: string): string {
		return this.found(path).label;
	}

	private parameter(path: string, options?: IGetNodeParameterOptions): unknown {
		this.found(path);
		// n8n throws if a parameter has neither a value nor a fallback
		return this.reader.getNodeParameter(path, this.item, null, options);
	}
}
