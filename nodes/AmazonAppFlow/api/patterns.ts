const NAME = /^[a-zA-Z0-9][\w!@#.-]+$/;

/**
 * The names that AppFlow accepts, up to {@link MAX_NAME_LENGTH} characters.
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html
 */
export const FLOW_NAME = NAME;

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_RegisterConnector.html */
export const CONNECTOR_LABEL = NAME;

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceFlowConfig.html */
export const CONNECTION_NAME = /^[\w/!@#+=.-]+$/;

export const MAX_NAME_LENGTH = 256;

/** Whether a text is a name of this pattern. */
export function isName(text: string, pattern: RegExp): boolean {
	return text.length <= MAX_NAME_LENGTH && pattern.test(text);
}
