import type { ApiProfile } from '../../engine/http/client';
import { isObject } from '../../engine/values';

const advice: Record<number, string> = {
	400: 'Check the spec, which is the machine name of the connector, such as google_calendar, and compare the properties with those of the connector in the Portable app.',
	401: 'Check the token in the Portable API credential. Tokens are created and revoked in the Portable app under API Keys.',
	403: 'The plan of the Portable account may not include this action or the API. Check the plan in the Portable app.',
	404: 'Check that the ID exists in this Portable account.',
};

/** How to call Portable and read its errors: https://developer.portable.io */
export const portableProfile: ApiProfile = {
	service: 'Portable',
	credential: 'portableApi',
	secrets: ['token'],
	readError(body) {
		const { message } = isObject(body) ? body : {};
		return { message: typeof message === 'string' && message.trim() !== '' ? message : undefined };
	},
	missingResource({ path: requested }) {
		const [, kind, id] = /^\/v2\/(source|destination|flow|workflow)s\/(\d+)/.exec(requested) ?? [];
		return kind === undefined ? undefined : `${kind} with the ID ${id}`;
	},
	adviceFor: (status) =>
		advice[status] ??
		(status >= 500 ? 'Portable had an internal error. Try again later.' : undefined),
};
