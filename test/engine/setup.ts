// n8n reports each fault of a node on the console; the tests look at the faults themselves
process.env.N8N_LOG_LEVEL = 'silent';
