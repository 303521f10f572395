import { describe, expect, it } from 'vitest'
import { readSources, type SourceFile } from './read-imports.js'

/** What the files of a folder may import beside their own folder: docs/architecture.md, "Arrows". */
const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  diagnostics: ['model'],
  formats: ['diagnostics', 'model'],
  matching: ['diagnostics', 'model'],
  attack: ['formats', 'diagnostics', 'model'],
  frameworks: ['formats', 'diagnostics', 'model'],
  coverage: ['attack', 'model'],
  parsers: ['formats', 'attack', 'frameworks', 'diagnostics', 'model'],
  rules: ['formats', 'attack', 'frameworks', 'diagnostics', 'model'],
  emitters: ['formats', 'coverage', 'attack', 'frameworks', 'diagnostics', 'model', 'core'],
  validation: ['core', 'parsers', 'emitters', 'rules', 'formats', 'attack', 'frameworks', 'diagnostics', 'model'],
  reports: ['core', 'emitters', 'coverage', 'attack', 'diagnostics', 'model'],
  analyses: ['core', 'reports', 'matching', 'emitters', 'formats', 'coverage', 'attack', 'diagnostics', 'model'],
  taxii: ['validation', 'formats', 'attack', 'diagnostics', 'model'],
  core: ['validation', 'matching', 'parsers', 'emitters', 'rules', 'formats', 'attack', 'frameworks', 'diagnostics', 'model'],
  io: ['core', 'taxii', 'formats', 'attack', 'frameworks', 'diagnostics', 'model'],
  cli: ['core', 'io', 'taxii', 'analyses', 'reports', 'validation', 'parsers', 'emitters', 'rules', 'formats', 'coverage', 'attack', 'frameworks', 'diagnostics', 'model'],
}

/** Of the files directly in src/, emitters may know these alone: the names of schemas, and the tool's. */
const knownToEmitters: ReadonlySet<string> = new Set(['schemas.ts', 'tool.ts'])
/** Folders that several dialects, or several targets, share. What a capability is called, and how it relates, is in MISP as in STIX. */
const shared: ReadonlySet<string> = new Set(['parsers/page', 'parsers/reading', 'emitters/table', 'emitters/matrix', 'emitters/markup', 'emitters/picture', 'emitters/ctid-document', 'emitters/stix'])

const sources = readSources()
const isPure = ({ name }: SourceFile): boolean => !/^(?:cli|io)\//.test(name)

function folderOf(name: string): string {
  return name.includes('/') ? (name.split('/', 1)[0] ?? '') : 'core'
}

/** The dialect or the target that a file belongs to: "emitters/stix". */
function memberOf(name: string): string {
  return name.split('/').slice(0, 2).join('/')
}

function listFaults(judge: (source: SourceFile, target: string) => boolean): readonly string[] {
  return sources.flatMap((source) => source.imports.filter((target) => judge(source, target)).map((target) => `${source.name} imports ${target}`))
}

describe('the arrows between folders', () => {
  it('are those of docs/architecture.md', () => {
    expect(new Set(sources.map(({ name }) => folderOf(name)))).toEqual(new Set(Object.keys(arrows)))
    expect(listFaults(({ name }, target) => {
      const [from, to] = [folderOf(name), folderOf(target)]
      if (!target.endsWith('.ts') || from === to) return false
      // The library's entry offers the disk to those who run it on one.
      if (name === 'index.ts' && to === 'io') return false
      return !arrows[from]?.includes(to)
    })).toEqual([])
  })

  it('lead from emitters to the names of schemas and of the tool, and to nothing else of the pipeline', () => {
    expect(listFaults(({ name }, target) => folderOf(name) === 'emitters' && target.endsWith('.ts') && folderOf(target) === 'core'
      && !knownToEmitters.has(target))).toEqual([])
  })

  it.each(['parsers', 'emitters'])('keep %s apart from one another', (kind) => {
    expect(listFaults(({ name }, target) =>
      name.split('/').length > 2 && name.startsWith(`${kind}/`)
      && target.split('/').length > 2 && target.startsWith(`${kind}/`)
      && memberOf(name) !== memberOf(target) && !shared.has(memberOf(target)))).toEqual([])
  })

  it('lead from the shared folders to none that shares them', () => {
    expect(listFaults(({ name }, target) =>
      shared.has(memberOf(name)) && target.split('/').length > 2 && folderOf(target) === folderOf(name) && !shared.has(memberOf(target)))).toEqual([])
  })

  it('lead to cli from nowhere', () => {
    expect(listFaults(({ name }, target) => folderOf(target) === 'cli' && folderOf(name) !== 'cli')).toEqual([])
  })
})

describe('the core', () => {
  it('imports nothing of Node', () => {
    expect(listFaults((source, target) => isPure(source) && target.startsWith('node:'))).toEqual([])
  })

  it('leaves files to io', () => {
    expect(listFaults(({ name }, target) => /^node:fs\b/.test(target) && !name.startsWith('io/'))).toEqual([])
  })

  it('leaves the network to io', () => {
    expect(listFaults(({ name }, target) => /^node:(?:http|https|net|tls)$/.test(target) && !name.startsWith('io/'))).toEqual([])
    expect(sources.filter(({ name, code }) => !name.startsWith('io/') && /\bfetch\(/.test(code)).map(({ name }) => name)).toEqual([])
  })

  it.each([
    ['process', /\bprocess\s*[.[]/],
    ['Node globals', /\b(?:Buffer|__dirname|require)\b\s*[.(]/],
    ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\./],
    ['a random source', /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/],
    ['the locale', /\blocaleCompare\b|\.toLocale\w+\(|\bIntl\./],
    ['the network', /\bfetch\(/],
  ])('does not use %s', (_what, pattern) => {
    expect(sources.filter((source) => isPure(source) && pattern.test(source.code)).map(({ name }) => name)).toEqual([])
  })
})

it('the reader of imports sees them all', () => {
  const main = sources.find(({ name }) => name === 'cli/main.ts')
  expect(main?.imports).toEqual(expect.arrayContaining(['commander', 'cli/create-program.ts']))
  const list = sources.find(({ name }) => name === 'cli/command-list.ts')
  expect(list?.imports).toContain('cli/commands/convert.ts')
})
