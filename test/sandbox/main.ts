import { startPortable } from './portable.ts';

const PORT = 4401;

const portable = await startPortable(Number(process.env.PORTABLE_PORT ?? PORT));
console.log(`Portable sandbox: ${portable.url} (token ${portable.token})`);
console.log('It is a local server for trying out and testing. End it with Ctrl-C.');
