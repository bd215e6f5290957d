// Older n8n looks after its SSH connections for as long as a process lives; the newest does not keep one alive for it.
const { setInterval: start } = globalThis;
const unreferenced: typeof start = (...args: Parameters<typeof start>) => start(...args).unref();
globalThis.setInterval = Object.assign(unreferenced, start);
