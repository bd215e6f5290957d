import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { OperationError } from '../errors';
import {
	mapTexts,
	mapValues,
	mayContain,
	outputRedactor,
	redactor,
	secretsForErrors,
} from '../secrets';
import { textsIn } from '../values';
import type { ApiProfile, SharedState } from './types';

/** Replaces secrets that a service repeats in its responses. */
export class Redaction {
	/** Secrets of this item besides those of the service's credential. */
	private readonly registered: unknown[] = [];

	/** @param credential loads the service's credential */
	constructor(
		private readonly profile: ApiProfile,
		private readonly shared: SharedState,
		private readonly credential: () => Promise<{ data: ICredentialDataDecryptedObject }>,
	) {}

	/**
	 * Registers values to redact: every text and number in them from errors, and from outputs as {@link outputRedactor}
	 * describes. A credential of the user's choice may contain a host, a port or a flag besides its secrets.
	 */
	register(...values: unknown[]): void {
		this.registered.push(...values);
	}

	/** Returns a copy of the error without secrets. */
	async error(error: OperationError): Promise<OperationError> {
		const registered = secretsForErrors(textsIn(this.registered));
		return error.redacted([...(await this.credentialSecrets()), ...registered]);
	}

	/** Returns the output, or a copy without secrets if it may contain any. */
	async output<T>(output: T): Promise<T> {
		const shown = this.shared.containsSecret
			? mapTexts(output, redactor(await this.credentialSecrets()))
			: output;
		return this.registered.length > 0 ? mapValues(shown, outputRedactor(this.registered)) : shown;
	}

	/** Notes whether a response may contain a secret of the credential. */
	async inspect(response: string): Promise<void> {
		this.shared.containsSecret ||= mayContain(response, await this.credentialSecrets());
	}

	private async credentialSecrets(): Promise<string[]> {
		const data = await this.credential().then(
			(credential) => credential.data,
			(): ICredentialDataDecryptedObject => ({}),
		);
		const values = this.profile.secrets.map((name) => data[name]);
		const texts = values.filter((value) => typeof value === 'string');
		return secretsForErrors(texts.map((text) => text.trim().replace(/^bearer\s+/i, '')));
	}
}
