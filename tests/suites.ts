/** A group of test files that run alike. Patterns are globs from the root of the repository. */
export interface Suite {
  readonly name: string
  /** The target of the Makefile that runs it: `test` answers in minutes, `test-all` adds the rest. */
  readonly target: 'test' | 'test-all'
  readonly include: readonly string[]
  readonly exclude?: readonly string[]
  /** Whether each file gets a process of its own. Files that start servers or read the environment need it. */
  readonly isolate: boolean
  /** Whether the tests run dist/crosswalk.cjs, so that it must be built first. */
  readonly builds: boolean
}

const sockets = ['tests/unit/io/create-taxii-exchange.test.ts', 'tests/unit/io/taxii/**/*.test.ts', 'tests/unit/io/download-file.test.ts', 'tests/unit/io/network.test.ts']

/** Every test of the project, each file in one suite. tests/docs/suites.test.ts checks that none is missing. */
export const suites: readonly Suite[] = [
  { name: 'unit', target: 'test', include: ['tests/unit/**/*.test.ts'], exclude: sockets, isolate: false, builds: false },
  { name: 'sockets', target: 'test', include: sockets, isolate: true, builds: false },
  {
    name: 'rules', target: 'test', isolate: false, builds: false,
    include: ['tests/property/**/*.test.ts', 'tests/contract/**/*.test.ts', 'tests/cases/**/*.test.ts', 'tests/docs/**/*.test.ts'],
  },
  { name: 'smoke', target: 'test', include: ['tests/smoke/**/*.test.ts'], isolate: true, builds: true },
  { name: 'corpora', target: 'test-all', include: ['tests/corpora/**/*.test.ts'], isolate: false, builds: false },
  { name: 'e2e', target: 'test-all', include: ['tests/e2e/**/*.test.ts'], isolate: true, builds: true },
  { name: 'browser', target: 'test-all', include: ['tests/browser/**/*.test.ts'], isolate: true, builds: true },
]
