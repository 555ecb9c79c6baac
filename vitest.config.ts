import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['./vitest.setup.ts'],
    include: ['**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      '**/*.int.test.ts',
      'catalog/eventcatalog/site/**',
      'interop/**',
      // Projects of their own, with the packed packages: packaging/examples.int.test.ts.
      'examples/**',
    ],
    // A busy machine is slow, not wrong.
    testTimeout: 60_000,
    // No test changes what another file reads, so that workers are kept; and each core has one.
    isolate: false,
    maxWorkers: '100%',
  },
});
