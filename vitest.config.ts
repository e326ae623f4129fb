import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A busy machine is slow, which is no fault: no test measures time.
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/storage/which-ran.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
