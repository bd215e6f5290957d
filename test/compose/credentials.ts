import { sandboxCredentials } from '../e2e/examples.ts';
import { ports } from '../sandbox/all.ts';
import { APPFLOW_KEYS, APPFLOW_REGION } from '../sandbox/appflow/signature.ts';
import { DIGA_KEY } from '../sandbox/diga/diga.ts';
import { PORTABLE_TOKEN } from '../sandbox/portable/portable.ts';

/** The name of the container with the sandboxes, in compose.yaml. */
const HOST = 'sandbox';

/** The credentials of the examples, for the sandboxes of compose.yaml. n8n reaches them by HTTP in its network. */
export function composeCredentials() {
	const url = (port: number) => `http://${HOST}:${port}`;
	const credentials = sandboxCredentials({
		appflow: { url: url(ports.appflow), region: APPFLOW_REGION, keys: APPFLOW_KEYS },
		diga: { url: url(ports.diga), token: DIGA_KEY },
		portable: { url: url(ports.portable), token: PORTABLE_TOKEN },
	});
	return credentials.map(({ data, ...others }) => ({
		...others,
		data: { ...data, allowHttp: true },
	}));
}
