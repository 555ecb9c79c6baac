import { defineConfig } from 'vitest/config';

/** The tests that need real servers. Each says where it looked when it found none. */
export default defineConfig({
  test: {
    setupFiles: ['./vitest.setup.ts'],
    include: ['**/*.int.test.ts'],
    exclude: ['**/node_modules/**'],
    passWithNoTests: true,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
