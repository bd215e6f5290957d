import { join } from 'node:path';

const swc = ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }];

const project = {
	rootDir: join(import.meta.dirname, '..'),
	testEnvironment: 'node',
	// openapi-backend is CommonJS but needs these ES modules, which jest does not require()
	transform: { '\\.ts$': swc, '/node_modules/@apidevtools/.*\\.js$': swc },
	transformIgnorePatterns: ['/node_modules/(?!@apidevtools/)'],
};

/** Replaces n8n's engine by the oldest supported one, also for the built package. */
const oldest = {
	'^(n8n-core|n8n-workflow|@n8n/(?:backend-common|di|config))$':
		'<rootDir>/test/compat/oldest/node_modules/$1',
};

const engine = { ...project, setupFiles: ['<rootDir>/test/engine/setup.ts'] };

export default {
	// generous, because the machine can be busy
	testTimeout: 60_000,
	projects: [
		{ ...project, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{ ...engine, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
		{
			...engine,
			displayName: 'engine-oldest',
			moduleNameMapper: oldest,
			setupFiles: [...engine.setupFiles, '<rootDir>/test/compat/setup.ts'],
			testMatch: [
				'<rootDir>/test/engine/**/*.test.ts',
				'<rootDir>/test/unit/engine/{errors,networkErrors,sleep}.test.ts',
			],
			// these take minutes and do not depend on the version of n8n
			testPathIgnorePatterns: [
				'/(appflow/run|portable/run|memory|twoProcesses|parametersTable|answers|finish|loads)\\.test\\.ts$',
			],
		},
		{ ...project, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/*.test.ts'] },
	],
};
