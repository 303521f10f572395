import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { createMemoryHost } from '../../src/index.js'
import { understand } from '../../src/pipeline/convert.js'
import { json } from '../../src/emitters/json/json.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { stixBundle } from '../../src/parsers/stix-bundle/stix-bundle.js'
import { buildTestBundle } from '../support/build-test-bundle.js'
import { emitContext } from '../support/emit-context.js'
import { readDocument, withoutDocument } from '../support/read-document.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { shared, sharedFolder } from '../support/shared.js'

interface RawObject {
  readonly type: string
  readonly id: string
  readonly relationship_type?: string
  readonly source_ref?: string
  readonly target_ref?: string
  readonly revoked?: boolean
  readonly x_mitre_deprecated?: boolean
}

const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))
const bundles = sharedFolder === undefined ? [] : readdirSync(shared('attack')).filter((name) => name.endsWith('.json'))
const name = 'read back.stix.json'

describe.skipIf(sharedFolder === undefined)('the published mapping files as bundles of ours', async () => {
  const attack = await loadAttackIndex()

  it.each(files)('%s is read back field by field (tip, spec), and written as JSON the same again', async (file) => {
    const sets = await readSharedSets(file, attack)
    for (const profile of ['tip', 'spec'] as const) {
      const { text } = await buildTestBundle(sets, { 'stix-profile': profile }, attack)
      const read = await readDocument(stixBundle, text, { attack, name })
      expect(read.sets.map((set) => withoutDocument(set, name))).toEqual(sets)
      expect(read.codes).toEqual({})
      expect(await writeJson(read.sets.map(resolve))).toEqual(await writeJson(sets))
    }
  }, 60_000)

  it.each(files.filter((file) => !file.startsWith('nist')))('%s comes back from the profile opencti as far as it goes', async (file) => {
    const sets = await readSharedSets(file, attack)
    const { text } = await buildTestBundle(sets, { 'stix-profile': 'opencti' }, attack)
    const { sets: [set], codes } = await readDocument(stixBundle, text, { attack, name })
    const [original] = sets
    const rows = original?.mappings.filter(({ kind }) => kind !== 'unmapped-technique').map(essence) ?? []
    expect(set?.framework).toEqual(original?.framework)
    expect(set?.attack).toEqual(original?.attack)
    // Rows that state neither mapping type nor score run into one another.
    expect(set?.mappings.map(essence).toSorted()).toEqual(rows.toSorted())
    expect(codes).toEqual({})
  })

  it.each(files)('%s comes back from the profile mapex with capabilities, techniques and mapping types', async (file) => {
    const sets = await readSharedSets(file, attack)
    const { text } = await buildTestBundle(sets, { 'stix-profile': 'mapex' }, attack)
    const framework = sets[0]?.framework.id ?? ''
    const { sets: read } = await readDocument(stixBundle, text, { attack, name, statements: { framework } })
    const triples = (from: typeof read): readonly string[] => [...new Set(from.flatMap(({ mappings }) => mappings.map(triple)))].toSorted()
    expect(triples(read)).toEqual(triples(sets).filter((line) => line !== ''))
  })
})

describe.skipIf(sharedFolder === undefined)('ATT&CK\'s own bundles', async () => {
  const attack = await loadAttackIndex()

  it.each(bundles)('%s: as many rows as mitigations have relationships to techniques', async (file) => {
    const text = readFileSync(shared(`attack/${file}`), 'utf8')
    const raw = objectsOf(text)
    const withdrawn = new Set(raw.filter((object) => object.revoked === true || object.x_mitre_deprecated === true).map(({ id }) => id))
    const mitigates = raw.filter((object) => object.relationship_type === 'mitigates' && !withdrawn.has(object.id))
    const { sets, codes } = await readDocument(stixBundle, text, { attack })
    const [set, ...rest] = sets
    const [domain, version] = [file.split('-')[0], /(\d+\.\d+)\.json$/.exec(file)?.[1]]
    expect(rest).toEqual([])
    expect(set?.framework).toEqual({ id: 'attack-mitigations', name: 'ATT&CK Mitigations', version })
    expect(set?.attack).toEqual({ domain, version })
    expect(set?.mappings).toHaveLength(mitigates.length)
    const relationships = raw.filter(({ type }) => type === 'relationship').length
    expect((codes['parse/not-a-mapping'] ?? 0) + mitigates.length + raw.filter(({ type, id }) => type === 'relationship' && withdrawn.has(id)).length).toBe(relationships)
    expect(Object.keys(codes).filter((code) => !['parse/not-a-mapping', 'parse/withdrawn-object'].includes(code))).toEqual([])
  }, 60_000)
})

describe.skipIf(sharedFolder === undefined)('CTID\'s bundles of NIST 800-53', async () => {
  const attack = await loadAttackIndex()

  it('controls: all are listed, with their families as groups, and none is mapped', async () => {
    const text = readFileSync(shared('legacy/nist/nist800-53-r4-controls.json'), 'utf8')
    const { sets: [set], codes } = await readDocument(stixBundle, text, { attack })
    expect(set?.framework).toEqual({ id: 'nist_800_53', name: 'NIST 800-53', version: 'rev4' })
    expect([set?.capabilities.size, set?.groups.size, set?.mappings.length]).toEqual([922, 18, 0])
    expect(codes).toEqual({ 'parse/not-a-mapping': 2233, 'parse/no-mappings': 1 })
  })

  it('mappings: every technique is told by its STIX id', async () => {
    const text = readFileSync(shared('legacy/nist/nist800-53-r4-mappings.json'), 'utf8')
    const { sets: [set], codes } = await readDocument(stixBundle, text, { attack, statements: { framework: 'nist_800_53' } })
    expect(set?.mappings).toHaveLength(4863)
    expect(set?.mappings.every((row) => row.kind === 'mapped' && /^T\d{4}(?:\.\d{3})?$/.test(row.technique.id))).toBe(true)
    expect(codes).toEqual({ 'parse/object-elsewhere': 109 })
  })

  it('both in one command say the same as in one bundle', async () => {
    const parts = ['controls', 'mappings'].map((part) => `nist800-53-r4-${part}.json`)
    const host = createMemoryHost(Object.fromEntries(parts.map((part) => [part, readFileSync(shared(`legacy/nist/${part}`))])))
    const { sets: [placed, ...rest], diagnostics } = await understand({ inputs: [], attack }, host)
    expect(rest).toEqual([])
    expect(placed?.set.framework).toEqual({ id: 'nist_800_53', name: 'NIST 800-53', version: 'rev4' })
    expect([placed?.set.capabilities.size, placed?.set.mappings.length]).toEqual([922, 4863])
    expect(placed?.set.sources.map((source) => [source.name, source.rows])).toEqual(expect.arrayContaining([[parts[0], 0], [parts[1], 4863]]))
    expect(diagnostics.filter(({ code, severity }) => severity !== 'info' && code.startsWith('parse/'))).toEqual([])
  })

  it('both in one bundle say what the layer of the same mappings says', async () => {
    const objects = ['controls', 'mappings'].flatMap((part) => objectsOf(readFileSync(shared(`legacy/nist/nist800-53-r4-${part}.json`), 'utf8')))
    const { sets: [set, ...rest], codes } = await readDocument(stixBundle, { type: 'bundle', spec_version: '2.0', objects }, { attack })
    const layer: { techniques: { techniqueID: string; comment: string }[] } = JSON.parse(readFileSync(shared('legacy/nist/nist800-53-r4-overview.json'), 'utf8'))
    const expected = layer.techniques.flatMap(({ techniqueID, comment }) =>
      comment.replace('Mitigated by ', '').split(', ').map((id) => `${techniqueID} ${id}`))
    expect(rest).toEqual([])
    expect(set?.mappings.map((row) => (row.kind === 'mapped' ? `${row.technique.id} ${row.capability.id}` : '')).toSorted()).toEqual(expected.toSorted())
    expect(codes).toEqual({ 'parse/not-a-mapping': 2233 })
  })
})

function objectsOf(text: string): readonly RawObject[] {
  const bundle: { readonly objects: readonly RawObject[] } = JSON.parse(text)
  return bundle.objects
}

/** What the profile mapex keeps of a row: mapping types as the frameworks of the published files write them. */
function triple(row: Mapping): string {
  return row.kind === 'mapped' ? `${row.capability.id} ${(row.relation ?? 'related-to').toLowerCase()} ${row.technique.id}` : ''
}

/** What the profile opencti keeps of a row. */
function essence(row: ResolvedSet['mappings'][number]): string {
  const { score, relation, comments, references, status } = row
  const ids = [row.kind === 'unmapped-technique' ? '' : row.capability.id, row.kind === 'unmapped-capability' ? '' : row.technique.id]
  return JSON.stringify([ids, relation, score, comments, references, status === 'complete' ? undefined : status])
}

function resolve(set: { readonly attack: Partial<ResolvedSet['attack']> } & Omit<ResolvedSet, 'attack'>): ResolvedSet {
  return { ...set, attack: { ...set.attack, domain: set.attack.domain ?? 'enterprise' } }
}

async function writeJson(sets: readonly ResolvedSet[]): Promise<readonly unknown[]> {
  const written: unknown[] = []
  for (const set of sets) for (const { value } of await json.emit([set], emitContext(), {})) written.push(value)
  return written
}
