import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import type { HttpClient, ApiProfile } from './http/client';
import type { Parameters } from './input/parameters';
import type { NodeRun } from './nodeRun';
import type { ProvisionalResult } from './provisionalResult';

/** What an operation is given, for one item. */
export interface OperationContext<Api> {
	/** The service, with this item's limits. */
	api: Api;
	/** What the user set, at this item. */
	parameters: Parameters;
	/** What all items of this node run share. */
	run: NodeRun;
	/** Index of the item, from 0. */
	item: number;
	/** For how long a request may be sent again, in ms: what the user set as Keep Retrying For. */
	keepRetryingMs: number;
	/** Tells the accounts apart that this process works with; no secret can be read from it. */
	account: () => Promise<string>;
	/**
	 * What a service needs to recognise a repeated request: the same for every try at this item, n8n's Retry On Fail
	 * among them, and another for every other item, run and execution. 32 hexadecimal digits.
	 * @param purpose tells apart what one item asks for; the body that must not change, for one
	 */
	token: (purpose?: string) => string;
	/** A further credential of the node, decrypted. */
	credential: (type: string) => Promise<ICredentialDataDecryptedObject>;
	/** Adds values, however deep, of which no fault of this item may show anything, even if the service repeats it. */
	registerSecrets: (...values: unknown[]) => void;
}

/** One thing that a user can do: what they see, and what happens. */
export interface Operation<Api> {
	/** As in the drop-down, e.g. `Get Many`. */
	name: string;
	/** As stored in workflows; never to be changed. */
	value: string;
	/** As in the node picker, e.g. `Get many flows`. */
	action: string;
	description: string;
	fields: INodeProperties[];
	/** It spends its time waiting, so that all items go side by side; requests keep to Parallel Requests. */
	isLongRunning?: boolean;
	/** How long one request may take if the user does not say, in seconds; for what takes longer than most. */
	requestTimeout?: number;
	/** What goes into Options, beside the options that every operation has. */
	options?: INodeProperties[];
	/** @returns the service's resource, or a list of them: one output item each; or what is only known at the end */
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

export interface Service<Api> {
	profile: ApiProfile;
	resources: Array<Resource<Api>>;
	/** The service's API over a connection. */
	createApi: (client: HttpClient) => Api;
}
