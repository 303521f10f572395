import { describe, expect, it } from 'vitest'
import { readSources, type SourceFile } from './read-imports.js'
import { findCircles, renderRooms, roomOf, rooms } from './rooms.js'
import { committedSection } from './committed-page.js'

/** Folders that several dialects, or several targets, share. What a capability is called, and how it relates, is in MISP as in STIX. */
const shared: ReadonlySet<string> = new Set(['parsers/page', 'parsers/reading', 'emitters/table', 'emitters/matrix', 'emitters/markup', 'emitters/picture', 'emitters/ctid-document', 'emitters/objects'])

const sources = readSources()
const isPure = ({ name }: SourceFile): boolean => !/^(?:cli|node|io)\/|^node\.ts$/.test(name)

/** The dialect or the target that a file belongs to: "emitters/stix". */
function memberOf(name: string): string {
  return name.split('/').slice(0, 2).join('/')
}

function listFaults(judge: (source: SourceFile, target: string) => boolean): readonly string[] {
  return sources.flatMap((source) => source.imports.filter((target) => judge(source, target)).map((target) => `${source.name} imports ${target}`))
}

describe('the arrows between folders', () => {
  it('are those of the rooms', () => {
    expect(new Set(sources.map(({ name }) => roomOf(name)))).toEqual(new Set(['', ...Object.keys(rooms)]))
    expect(listFaults(({ name }, target) => {
      const [from, to] = [roomOf(name), roomOf(target)]
      // The library's entries re-export from anywhere below the command line.
      if (!target.endsWith('.ts') || from === to || from === '') return false
      // The page has the library as everybody has it: by its entry.
      if (from === 'web' && to === '') return false
      return !rooms[from]?.uses.includes(to)
    })).toEqual([])
  })

  it('are all used', () => {
    const used = new Set(sources.flatMap(({ name, imports }) => imports.map((target) => `${roomOf(name)} ${roomOf(target)}`)))
    const stated = Object.entries(rooms).flatMap(([room, { uses }]) => uses.map((other) => `${room} ${other}`))
    expect(stated.filter((arrow) => !used.has(arrow))).toEqual([])
  })

  it('lead down only: no two folders import each other', () => {
    const order = Object.keys(rooms)
    expect(Object.entries(rooms).flatMap(([room, { uses }]) => uses.filter((other) => order.indexOf(other) < order.indexOf(room)))).toEqual([])
  })

  it('are printed in docs/architecture.md', async () => {
    const printed = await committedSection('architecture.md', 'rooms', renderRooms())
    expect(printed).toBe(renderRooms())
  })

  it.each(['parsers', 'emitters'])('keep %s apart from one another', (kind) => {
    expect(listFaults(({ name }, target) =>
      name.split('/').length > 2 && name.startsWith(`${kind}/`)
      && target.split('/').length > 2 && target.startsWith(`${kind}/`)
      && memberOf(name) !== memberOf(target) && !shared.has(memberOf(target)))).toEqual([])
  })

  it('lead from the shared folders to none that shares them', () => {
    expect(listFaults(({ name }, target) =>
      shared.has(memberOf(name)) && target.split('/').length > 2 && roomOf(target) === roomOf(name) && !shared.has(memberOf(target)))).toEqual([])
  })

  it('lead to cli from nowhere', () => {
    expect(listFaults(({ name }, target) => roomOf(target) === 'cli' && roomOf(name) !== 'cli')).toEqual([])
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

describe('a file is a subject', () => {
  it('src/ itself has the entries of the library alone', () => {
    expect(sources.map(({ name }) => name).filter((name) => !name.includes('/'))).toEqual(['index.ts', 'node.ts'])
  })

  it('no file is over 250 lines', () => {
    expect(sources.filter(({ lines }) => lines > 250).map(({ name, lines }) => `${name}: ${lines}`)).toEqual([])
  })

  it('1,000 lines stand in 12 files at most', () => {
    const lines = sources.reduce((sum, source) => sum + source.lines, 0)
    expect(sources.length / (lines / 1000)).toBeLessThan(12)
  })

  it('no files import each other in a circle, types included', () => {
    expect(findCircles(sources)).toEqual([])
    const circle = [{ name: 'a.ts', eager: ['b.ts'] }, { name: 'b.ts', eager: ['a.ts'] }, { name: 'c.ts', eager: ['a.ts'] }]
    expect(findCircles(circle.map((file) => ({ ...file, imports: file.eager, code: '', lines: 1 })))).toEqual([['a.ts', 'b.ts']])
  })
})

it('the reader of imports sees them all', () => {
  const main = sources.find(({ name }) => name === 'cli/crosswalk.ts')
  expect(main?.eager).toEqual(expect.arrayContaining(['commander', 'cli/command-list.ts']))
  const list = sources.find(({ name }) => name === 'cli/command-list.ts')
  expect(list?.imports).toContain('cli/commands/convert.ts')
  expect(list?.eager).not.toContain('cli/commands/convert.ts')
})
