import { ports, startAll } from './all.ts';

const { appflow, diga, portable } = await startAll({
	portable: Number(process.env.PORTABLE_PORT ?? ports.portable),
	diga: Number(process.env.DIGA_PORT ?? ports.diga),
	appflow: Number(process.env.APPFLOW_PORT ?? ports.appflow),
});
const { accessKeyId, secretAccessKey } = appflow.keys.permanent;
console.log(`Portable sandbox: ${portable.url} (token ${portable.token})`);
console.log(`Diga sandbox: ${diga.url} (API key ${diga.token})`);
console.log(
	`Amazon AppFlow sandbox: ${appflow.url} (region ${appflow.region}, access key ${accessKeyId}, secret ${secretAccessKey})`,
);
console.log('These are local servers for development and tests. Press Ctrl-C to stop them.');
