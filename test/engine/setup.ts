// n8n logs each error of a node on the console; the tests check the errors themselves
process.env.N8N_LOG_LEVEL = 'silent';
