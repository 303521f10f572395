import { expect, it } from 'vitest'
import { decodeDocument } from '../../src/formats/decode-document.js'
import { createMappingSet, type MappingSet } from '../../src/model/mapping-set.js'
import { ctidJson } from '../../src/parsers/ctid-json/ctid-json.js'
import { readSample } from '../contract/find-parser-flaws.js'
import { divide } from '../fuzz/fuzz-document.js'
import { fuzz, type FuzzResult } from '../fuzz/fuzz.js'
import type { FuzzReader } from '../fuzz/oracle.js'
import { shrinkList } from '../fuzz/shrink.js'
import { sampleMappingFile } from '../support/read-tree.js'

/** Fuzzes a mapping file of twelve rows with a parser that has a fault. */
async function fuzzWith(change: (set: MappingSet) => MappingSet, seed = 1): Promise<FuzzResult> {
  const { metadata, mapping_objects: rows } = sampleMappingFile()
  const content = JSON.stringify({ metadata, mapping_objects: Array.from({ length: 4 }, () => rows).flat() })
  const document = divide({ name: 'mappings.json', content })
  const parser = { ...ctidJson, parse: async (...args: Parameters<typeof ctidJson.parse>) => (await ctidJson.parse(...args)).map(change) }
  const read: FuzzReader = async (file) => {
    const decoded = await decodeDocument(file, () => undefined)
    if (!decoded || !('value' in decoded)) return { sets: [], diagnostics: [] }
    const { sets, said } = await readSample(parser, decoded)
    return { sets, diagnostics: said, parser: parser.id }
  }
  return fuzz(document ? [document] : [], { seed, read, isDone: (runs) => runs >= 150 })
}

it('finds nothing in a parser without a fault', async () => {
  const { runs, findings } = await fuzzWith((set) => set)
  expect([runs, findings]).toEqual([150, []])
})

it('finds a parser that drops a row, and shrinks the document to it', async () => {
  const { findings } = await fuzzWith((set) => createMappingSet({
    ...set, ...lists(set), mappings: set.mappings.filter(({ status }) => status !== 'non_mappable'),
  }))
  const found = findings.find(({ kind }) => kind === 'unaccounted')
  const { mapping_objects: rows }: { readonly mapping_objects: readonly unknown[] } = JSON.parse(new TextDecoder().decode(found?.file.bytes))
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ status: 'non_mappable' })
})

it("finds a parser that changes a neighbour's value, and shows the document before and after", async () => {
  const { findings } = await fuzzWith((set) => createMappingSet({
    ...set, ...lists(set), mappings: set.mappings.map((mapping, index) => ({ ...mapping, comments: String(set.mappings[index - 1]?.status) })),
  }))
  const found = findings.find(({ kind }) => kind === 'neighbour')
  expect(found?.key).toBe('neighbour ctid-json comments')
  expect(found?.before?.bytes).not.toEqual(found?.file.bytes)
})

it('finds a parser that throws', async () => {
  const { findings } = await fuzzWith((set) => {
    if (set.mappings.every((mapping) => mapping.kind !== 'mapped' || mapping.technique.id.startsWith('T1562'))) return set
    throw new Error('another technique')
  })
  expect(findings.map(({ kind, message }) => [kind, message.split('\n')[0]])).toContainEqual(['throws', 'Error: another technique'])
})

it('finds the same with the same seed', async () => {
  const [first, second] = [await fuzzWith(dropFirst, 7), await fuzzWith(dropFirst, 7)]
  expect(first.findings.length).toBeGreaterThan(0)
  expect(first.findings.map(({ run, message, file }) => [run, message, new TextDecoder().decode(file.bytes)]))
    .toEqual(second.findings.map(({ run, message, file }) => [run, message, new TextDecoder().decode(file.bytes)]))
})

it('shrinks a list to the items that count', async () => {
  const items = Array.from({ length: 60 }, (_item, index) => index)
  expect(await shrinkList(items, async (some) => some.includes(7) && some.includes(41))).toEqual([7, 41])
})

function dropFirst(set: MappingSet): MappingSet {
  return createMappingSet({ ...set, ...lists(set), mappings: set.mappings.slice(1) })
}

function lists({ relations, groups, capabilities }: MappingSet) {
  return { relations: relations.values(), groups: groups.values(), capabilities: capabilities.values() }
}
