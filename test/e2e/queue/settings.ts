/** Where Redis and PostgreSQL are. */
export interface QueueServices {
	redis: { host: string; port: number; password: string };
	postgres: { host: string; port: number; database: string; user: string; password: string };
}

/**
 * The environment that makes an n8n process a part of a queue: the same for the main process and all workers.
 * https://docs.n8n.io/hosting/scaling/queue-mode/
 */
export function queueSettings(
	{ redis, postgres }: QueueServices,
	encryptionKey: string,
): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		N8N_ENCRYPTION_KEY: encryptionKey,
	};
}
