import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { convert, createMemoryHost } from '../../src/index.js'
import type { Mapping } from '../../src/model/mapping.js'
import { verisJson } from '../../src/parsers/veris-json/veris-json.js'
import { readDocument } from '../support/read-document.js'
import { readUnified, type UnifiedRow } from '../support/read-unified.js'
import { shared, sharedFolder } from '../support/shared.js'

/** A file of the older form, the rows that it holds, and how many of them are not for techniques. */
const files = [
  { name: 'veris/veris-1_3_7-mappings-enterprise.json', rows: 1092, reported: 0, renamed: 51 },
  { name: 'veris/veris-mappings.json', rows: 913, reported: 0, renamed: 13 },
  { name: 'veris-1.3.7_attack-12.1-groups.json', rows: 123, reported: 123, renamed: 0 },
] as const

/** Those that CTID has published again in its unified form. */
const republished = [
  {
    name: 'veris/veris-1_3_7-mappings-enterprise.json',
    unified: 'veris-1.3.7_attack-12.1-enterprise.json',
    versions: ['1.3.7', '12.1'],
  },
  { name: 'veris/veris-mappings.json', unified: 'veris-1.3.5_attack-9.0-enterprise.json', versions: ['1.3.5', '9.0'] },
] as const

describe.skipIf(sharedFolder === undefined)('CTID\'s VERIS files', () => {
  it.each(files)('$name holds $rows rows; all are read, or reported', async ({ name, rows, reported, renamed }) => {
    const bytes = readFileSync(shared(`legacy/${name}`))
    const raw = readPairs(bytes)
    expect([raw.length, new Set(raw).size]).toEqual([rows, rows])
    const { sets, diagnostics } = await readDocument(verisJson, bytes, { name })
    expect(sets.flatMap(({ mappings }) => mappings).length).toBe(rows - reported)
    const said = diagnostics.filter(({ severity }) => severity !== 'info').map(({ code, count = 1 }) => `${code} ${count}`)
    const expected = [`parse/not-techniques ${reported}`, `normalise/conflicting-names ${renamed}`]
    expect(said).toEqual(expected.filter((words) => !words.endsWith(' 0')))
    for (const { mappings } of sets) expect(mappings.filter(({ origins }) => origins.length !== 2)).toEqual([])
  })

  it.each(republished)('$name has the mapped rows of the published file, in its order', async ({ name, unified, versions }) => {
    const { sets } = await readDocument(verisJson, readFileSync(shared(`legacy/${name}`)), { name })
    const published = readUnified(unified).filter(({ attack_object_id: id }) => id !== null)
    expect(sets[0]?.mappings.map(plainRow)).toEqual(published.map(plainUnified))
    expect([sets[0]?.framework.version, sets[0]?.attack.version]).toEqual(versions)
  })

  it.each(republished)('$name is completed from the published file, with what the ids mean', async ({ name, unified }) => {
    const catalogue = readFileSync(shared(`mappings/${unified}`))
    const host = createMemoryHost({ 'input.json': readFileSync(shared(`legacy/${name}`)), [unified]: catalogue })
    const { sets, diagnostics } = await convert({ inputs: ['input.json'], catalog: [unified], emitters: [] }, host)
    expect(diagnostics.filter(({ code }) => code.startsWith('complete/'))).toEqual([])
    const described = readUnified(unified).filter((row) => row.attack_object_id !== null && row.capability_description !== '')
    const named = sets[0]?.set.mappings.filter((row) => row.kind === 'mapped' && row.capability.description !== undefined) ?? []
    expect([named.length, described.length > 900]).toEqual([described.length, true])
  })
})

function readPairs(bytes: Uint8Array): readonly string[] {
  const file: { attack_to_veris: Record<string, { veris: readonly string[] }> } = JSON.parse(new TextDecoder().decode(bytes))
  return Object.entries(file.attack_to_veris).flatMap(([id, entry]) => entry.veris.map((veris) => `${id} ${veris}`))
}

function plainUnified(row: UnifiedRow) {
  const name = row.attack_object_name.split(/\s+/).join(' ').trim()
  return [row.capability_id, row.attack_object_id, name, row.capability_group, 'related_to']
}

function plainRow(row: Mapping) {
  if (row.kind !== 'mapped') throw new Error('a row without a technique')
  return [row.capability.id, row.technique.id, row.technique.name, row.group, row.relation]
}

describe.skipIf(sharedFolder === undefined)('VERIS enumerations', () => {
  it('as a catalogue tell what every id of 1.3.7 means', async () => {
    const host = createMemoryHost({
      'input.json': readFileSync(shared('legacy/veris/veris-1_3_7-mappings-enterprise.json')),
      'list.csv': readFileSync(shared('legacy/veris/veris1_3_7-enumerations-groups.csv')),
    })
    const { sets, diagnostics } = await convert({ inputs: ['input.json'], catalog: ['list.csv'], emitters: [] }, host)
    expect(diagnostics.filter(({ code }) => code.startsWith('complete/'))).toEqual([])
    const rows = readUnified('veris-1.3.7_attack-12.1-enterprise.json')
    const published = new Map(rows.map((row) => [row.capability_id, row.capability_description]))
    const names = [...sets[0]?.set.capabilities.values() ?? []].map(({ id, name = '' }) => [id, name])
    expect(names).toHaveLength(138)
    expect(names).toEqual(names.map(([id = '']) => [id, published.get(id)?.trim()]))
  })
})
