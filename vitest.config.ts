import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'node_modules/**'],
    globalSetup: ['src/platform/testing/engines.ts'],
    setupFiles: ['src/platform/testing/no-network.ts'],
    // The database holds its own locks and clones; two files at a time keep two cores busy.
    pool: 'forks',
    maxWorkers: 2,
    // A busy machine of strangers may starve an engine for a moment; at a desk a flake is a bug to be seen.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    reporters: ['default'],
  },
})
