import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { suites } from '../suites.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const makefile = readFileSync(new URL('../../Makefile', import.meta.url), 'utf8')
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).scripts

describe('the suites of tests', () => {
  it('have every test file once', () => {
    const all = readdirSync(`${root}/tests`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts')).map((name) => `tests/${name}`)
    const taken = suites.flatMap(({ include, exclude = [] }) => globSync([...include], { cwd: root, ignore: [...exclude] }))
    expect(all.length).toBeGreaterThan(200)
    expect(new Set(taken)).toEqual(new Set(all))
    expect(taken).toHaveLength(all.length)
  })

  it.each(['test', 'test-all'] as const)('of `make %s` are all run by it', (target) => {
    const script = target === 'test' ? 'test' : 'test:rest'
    const named = suites.filter((suite) => suite.target === target).map(({ name }) => name)
    const run = Array.from(scripts[script]?.matchAll(/--project (\w+)/g) ?? [], ([, name]) => name)
    expect(new Set(run)).toEqual(new Set(named))
    expect(makefile).toContain(`npm run --silent ${script}\n`)
  })

  it('are all run by CI', () => {
    expect(readFileSync(new URL('../../.ci/run', import.meta.url), 'utf8')).toContain('make test test-all\n')
  })
})
