import { defineConfig } from 'vitest/config'
import { suites } from './tests/suites.js'

export default defineConfig({
  test: {
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary'] },
    projects: suites.map(({ name, include, exclude = [], isolate, builds }) => ({
      extends: true as const,
      test: {
        name,
        include: [...include],
        exclude: [...exclude],
        // Pure code shares a thread and its modules: four fifths of the time of such a suite is loading them again for each file.
        ...(isolate ? {} : { pool: 'threads' as const, isolate: false }),
        ...(builds && { globalSetup: ['tests/support/build-program.ts'] }),
      },
    })),
    // The default is one worker less than there are cores.
    maxWorkers: '100%',
    // The real corpora are read whole, on machines that may be slow and shared: a hung test still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
