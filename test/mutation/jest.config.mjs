// The unit tests of the files that are measured.
import { basename, join } from 'node:path';
import config from '../jest.config.mjs';
import { pure } from './pure.mjs';

const [unit] = config.projects;

export default {
	...unit,
	testTimeout: config.testTimeout,
	rootDir: join(import.meta.dirname, '../..'),
	testMatch: pure.map((file) => `<rootDir>/test/unit/engine/${basename(file)}.test.ts`),
};
