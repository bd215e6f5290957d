import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiDefinition } from './http/apiDefinition';
import type { Parameters } from './input/parameters';
import type { NodeRun } from './nodeRun';
import type { ProvisionalResult } from './provisionalResult';

/** The context of an operation for one item. */
export interface OperationContext<Api> {
	/** The service's API, with the limits of this item. */
	api: Api;
	/** The parameters of this item. */
	parameters: Parameters;
	/** The state that all items of this node run share. */
	run: NodeRun;
	/** The index of the item, from 0. */
	item: number;
	/** The value of Keep Retrying For, in ms. */
	keepRetryingMs: number;
	/** Returns a hash that identifies the account. It does not reveal secrets. */
	account: () => Promise<string>;
	/**
	 * Returns a client token, by which a service recognizes a repeated request. It is the same for every attempt at this
	 * item, including n8n's Retry On Fail, and different for every other item, node run and execution.
	 * @param purpose distinguishes the requests of one item, e.g. the request body
	 * @returns 32 hexadecimal digits
	 */
	token: (purpose?: string) => string;
	/** Returns another credential of the node, decrypted. */
	credential: (type: string) => Promise<ICredentialDataDecryptedObject>;
	/** Registers values to redact from this item's errors and outputs. */
	registerSecrets: (...values: unknown[]) => void;
}

/** An operation of a resource: its fields and its implementation. */
export interface Operation<Api> {
	/** The name in the drop-down, e.g. `Get Many`. */
	name: string;
	/** The value stored in workflows. Must never change. */
	value: string;
	/** The name in the node picker, e.g. `Get many flows`. */
	action: string;
	description: string;
	fields: INodeProperties[];
	/** The operation mostly waits, so that all items run at the same time. Parallel Requests limits their requests. */
	isLongRunning?: boolean;
	/** The default of Request Timeout, in seconds. */
	requestTimeout?: number;
	/** Fields in Options besides those of every operation. */
	options?: INodeProperties[];
	/** @returns one output item, or a list of them; provisional if it may change after all items have run */
	execute: (
		context: OperationContext<Api>,
	) => Promise<IDataObject | IDataObject[] | ProvisionalResult<IDataObject>>;
}

export interface Resource<Api> {
	name: string;
	value: string;
	/** In any order: the drop-down sorts them by name. */
	operations: Array<Operation<Api>>;
}

export interface Service<Api> extends ApiDefinition<Api> {
	resources: Array<Resource<Api>>;
}
