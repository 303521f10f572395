import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    benchmark: { include: ['tests/bench/**/*.bench.ts'] },
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary'] },
    // The real corpora are read whole, on machines that may be slow and shared: a hung test still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
