// npm run test:mutation: breaks the code in each way that Stryker knows, and counts how many of these mutants the unit
// tests notice. Fails below 90 %. https://stryker-mutator.io/docs/stryker-js/configuration
import { pure } from './pure.mjs';

export default {
	mutate: pure.map((file) => `nodes/engine/${file}.ts`),
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: { configFile: 'test/mutation/jest.config.mjs' },
	coverageAnalysis: 'perTest',
	// mutants in constants of a module need all tests of the file: 90 % of the time for 5 % of the mutants
	ignoreStatic: true,
	concurrency: 2,
	timeoutMS: 10_000,
	incremental: true,
	incrementalFile: '.cache/mutation/incremental.json',
	tempDirName: '.cache/mutation/sandbox',
	ignorePatterns: [
		'dist',
		'docs',
		'examples',
		'test/bench',
		'test/compat',
		'test/e2e',
		'test/results',
	],
	reporters: ['clear-text', 'html', 'progress-append-only'],
	clearTextReporter: { logTests: false, reportTests: false, skipFull: true },
	htmlReporter: { fileName: 'test/results/mutation.html' },
	thresholds: { high: 95, low: 90, break: 90 },
};
