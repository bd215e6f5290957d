import { ports, startAll } from './all.ts';

const { diga, portable } = await startAll({
	portable: Number(process.env.PORTABLE_PORT ?? ports.portable),
	diga: Number(process.env.DIGA_PORT ?? ports.diga),
});
console.log(`Portable sandbox: ${portable.url} (token ${portable.token})`);
console.log(`Diga sandbox: ${diga.url} (API key ${diga.token})`);
console.log('They are local servers for trying out and testing. End them with Ctrl-C.');
