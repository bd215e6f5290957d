import { join } from 'node:path';

const swc = ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }];

const project = {
	rootDir: join(import.meta.dirname, '..'),
	testEnvironment: 'node',
	// openapi-backend is CommonJS but needs these ES modules, which jest does not require()
	transform: { '\\.ts$': swc, '/node_modules/@apidevtools/.*\\.js$': swc },
	transformIgnorePatterns: ['/node_modules/(?!@apidevtools/)'],
};

export default {
	// no test measures time: a busy machine is no fault
	testTimeout: 60_000,
	projects: [
		{ ...project, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{
			...project,
			displayName: 'engine',
			setupFiles: ['<rootDir>/test/engine/setup.ts'],
			testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
		},
		{ ...project, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/*.test.ts'] },
	],
};
