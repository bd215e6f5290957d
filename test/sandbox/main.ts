import { startAppFlow } from './appflow.ts';
import { startDiga } from './diga.ts';
import { startPortable } from './portable.ts';

const portable = await startPortable(Number(process.env.PORTABLE_PORT ?? 4401));
console.log(`Portable sandbox: ${portable.url} (token ${portable.token})`);
const diga = await startDiga(Number(process.env.DIGA_PORT ?? 4402));
console.log(`Diga sandbox: ${diga.url} (API key ${diga.token})`);
const appflow = await startAppFlow(Number(process.env.APPFLOW_PORT ?? 4403));
const key = appflow.keys.permanent;
console.log(
	`Amazon AppFlow sandbox: ${appflow.url} (region ${appflow.region}, access key ${key.accessKeyId}, secret ${key.secretAccessKey})`,
);
console.log('They are local servers for trying out and testing. End them with Ctrl-C.');
