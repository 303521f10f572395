import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { Parser } from '../../src/parsers/parser.js'
import { ctidJson } from '../../src/parsers/ctid-json/ctid-json.js'
import { parsers } from '../../src/parsers/registry.js'
import { table } from '../../src/parsers/table/table.js'
import { detectParser } from '../../src/pipeline/understand.js'
import { readSample, type Reading } from '../contract/find-parser-flaws.js'
import { parserSamples } from '../contract/parser-samples.js'
import { createPick, mutateDocument, mutateTree, type MutableDocument, readCsv, writeCsv } from '../support/mutate-document.js'
import { sampleMappingFile, testFile } from '../support/read-tree.js'
import { shared, sharedFolder } from '../support/shared.js'

const silent = (): void => undefined

/** Reads a document with a parser; undefined if it is of none of the parser's containers, or is none any more. */
async function read(parser: Parser, { name, content }: MutableDocument): Promise<Reading | undefined> {
  const document = await decodeDocument(testFile(name, content), silent)
  return document && parser.containers.includes(document.container) ? readSample(parser, document, { framework: 'nist_800_53' }) : undefined
}

/** The mutations of a document after which a row is neither a mapping nor reported, with the rows. */
async function findUnaccounted(parser: Parser, document: MutableDocument, times: number): Promise<readonly string[]> {
  const flaws: string[] = []
  for (let seed = 0; seed < times; seed += 1) {
    const mutated = mutateDocument(document, createPick(seed * 7919 + document.content.length))
    const reading = await read(parser, mutated)
    for (const { code, found } of reading?.said ?? []) {
      if (code === 'parse/unaccounted') flaws.push(`${document.name}, seed ${seed}: ${found ?? ''}\n${mutated.content.slice(0, 2000)}`)
    }
  }
  return flaws
}

const all: readonly Parser[] = parsers

describe.each(all.map((parser) => [parser.id, parser] as const))('%s accounts for each row', (id, parser) => {
  it.each((parserSamples[id] ?? []).map((sample) => [sample.name, sample] as const))('of %s, whatever is wrong with it', async (_name, sample) => {
    expect((await findUnaccounted(parser, sample, 200))[0]).toBeUndefined()
  })
})

/** Real documents of every kind; of pages some. */
const folders: readonly (readonly [folder: string, nth: number])[] = [
  ['mappings', 4], ['pages', 50], ['legacy', 30], ['navigator', 1], ['formats/dettect', 1], ['cases/2026-11', 1],
]
const extensions = ['.json', '.yaml', '.yml', '.csv', '.html', '.txt', '.md']

/** Files below a folder by name; of each kind every `nth`. */
function listFiles(folder: string, nth: number): readonly string[] {
  const files = readdirSync(shared(folder), { recursive: true, encoding: 'utf8' }).toSorted()
  const kinds = extensions.map((extension) => files.filter((name) => name.endsWith(extension)))
  return kinds.flatMap((names) => names.filter((_name, index) => index % nth === 0)).map((name) => `${folder}/${name}`)
}

/** The document with at most 25 items in each list: what is wrong with a row does not depend on how many there are. */
function shorten(name: string, content: string): MutableDocument | undefined {
  if (!name.endsWith('.json')) return content.length > 200_000 ? undefined : { name, content }
  const value: unknown = JSON.parse(content, (_key, item: unknown) => (Array.isArray(item) ? item.slice(0, 25) : item))
  return { name, content: JSON.stringify(value) }
}

describe.skipIf(sharedFolder === undefined)('real documents (skipped without ../shared)', () => {
  it.each(folders)('of %s: each row is accounted for, whatever is wrong with it', { timeout: 120_000 }, async (folder, nth) => {
    let documents = 0
    for (const file of listFiles(folder, nth)) {
      const document = shorten(file.replaceAll('/', '_'), readFileSync(shared(file), 'utf8'))
      const decoded = document && await decodeDocument(testFile(document.name, document.content), silent)
      const found = decoded && detectParser(decoded, undefined, silent)
      if (!document || !found) continue
      documents += 1
      expect((await findUnaccounted(found.parser, document, 8))[0]).toBeUndefined()
    }
    expect(documents).toBeGreaterThan(0)
  })
})

/** Whether a record of the raw text is the origin of a mapping or the place of a diagnostic. `until` is the line of the next record. */
function isNamed({ sets, said }: Reading, from: number, until: number): boolean {
  const origins = [...sets.flatMap(({ mappings }) => mappings.flatMap((mapping) => mapping.origins)), ...said.flatMap(({ origin }) => origin ?? [])]
  return origins.some(({ place }) => place.kind === 'text' && place.line >= from && place.line < until)
}

it('a record of a CSV file is named by a mapping or a message, counted in the raw text', async () => {
  const titles = ['Control ID', 'Control Name', 'Technique ID', 'Comments']
  const rows = Array.from({ length: 12 }, (_row, at) => [`AC-${at + 1}`, `Control ${at + 1}`, `T10${at + 20}`, at % 3 === 0 ? 'one\ntwo' : ''])
  const lost: unknown[] = []
  for (let seed = 0; seed < 300; seed += 1) {
    const { content } = mutateDocument({ name: 'table.csv', content: writeCsv([titles, ...rows]) }, createPick(seed))
    const reading = await read(table, { name: 'table.csv', content })
    if (!reading || reading.said.some(({ code }) => code === 'parse/no-columns')) continue
    let line = 1
    for (const [index, record] of readCsv(content).entries()) {
      const next = line + 1 + record.join('').split('\n').length - 1
      const isBlank = record.every((cell) => cell.trim() === '')
      // Reports of one kind are counted at the first place.
      const isCounted = reading.said.some(({ count = 1 }) => count > 1)
      const isTitle = record.join() === titles.join()
      if (index > 0 && !isBlank && !isTitle && !isCounted && !isNamed(reading, line, next)) lost.push({ seed, record })
      line = next
    }
  }
  expect(lost).toEqual([])
})

it('a row that is not mutated comes out equal, whatever is wrong with another', async () => {
  const sample = sampleMappingFile()
  const rows: readonly unknown[] = Array.from({ length: 4 }, () => sample.mapping_objects).flat()
  const before = await readRows(rows)
  for (let seed = 0; seed < 300; seed += 1) {
    const pick = createPick(seed)
    const at = pick(rows.length)
    const after = await readRows(rows.with(at, mutateTree(rows[at], pick)))
    const isOther = ([pointer]: readonly [string, Mapping]): boolean => pointer !== `/mapping_objects/${at}`
    expect([seed, [...after].filter(isOther)]).toEqual([seed, [...before].filter(isOther)])
  }

  /** The mappings by the pointers of their rows. */
  async function readRows(objects: readonly unknown[]): Promise<ReadonlyMap<string, Mapping>> {
    const reading = await read(ctidJson, { name: 'mappings.json', content: JSON.stringify({ ...sample, mapping_objects: objects }) })
    const mappings = reading?.sets.flatMap((set) => set.mappings) ?? []
    return new Map(mappings.flatMap(({ origins: [origin], ...mapping }) => (
      origin?.place.kind === 'pointer' ? [[origin.place.pointer, { ...mapping, origins: [] }] as const] : []
    )))
  }
})
