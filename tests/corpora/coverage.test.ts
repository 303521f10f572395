import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { countCoverage, countTactics } from '../../src/coverage/matrix.js'
import { coverSet } from '../../src/coverage/cover-set.js'
import { coverageLayer } from '../../src/analyses/coverage/coverage-layer.js'
import type { SetCoverage } from '../../src/coverage/coverage.js'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { reportLayerArtifact } from '../../src/emitters/navigator/report-layer.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { readUnified } from '../support/read-unified.js'
import { shared, sharedFolder } from '../support/shared.js'

/** Counts from MITRE's bundle and CTID's file as they are: no code of ours but the reader of JSON files. */
function countByHand(name: string, release: string): ReadonlyMap<string, readonly number[]> {
  const active = listOf(readBundle(release)['objects']).map(fieldsOf).filter((object) =>
    object['type'] === 'attack-pattern' && object['revoked'] !== true && object['x_mitre_deprecated'] !== true)
  const rows = readUnified(name)
  const mapped = new Set(rows.flatMap((row) => (row.capability_id && row.attack_object_id ? [row.attack_object_id] : [])))
  const denied = new Set(rows.flatMap((row) => (!row.capability_id && row.status === 'non_mappable' ? [row.attack_object_id] : [])))
  const counts = new Map<string, number[]>()
  for (const object of active) {
    const references = listOf(object['external_references']).map(fieldsOf)
    const id = String(references.find((reference) => reference['source_name'] === 'mitre-attack')?.['external_id'])
    const tactics = listOf(object['kill_chain_phases']).map((phase) => String(fieldsOf(phase)['phase_name']))
    const state = mapped.has(id) ? 1 : denied.has(id) ? 2 : 3
    for (const place of ['all', id.includes('.') ? 'sub-techniques' : 'techniques', ...tactics]) {
      const found = counts.get(place) ?? [0, 0, 0, 0]
      counts.set(place, found.map((count, index) => count + Number(index === 0 || index === state)))
    }
  }
  return counts
}

function readBundle(release: string): Readonly<Record<string, unknown>> {
  const bundle: unknown = JSON.parse(readFileSync(shared(`attack/enterprise-attack-${release}.json`), 'utf8'))
  return fieldsOf(bundle)
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

const attack = await loadAttackIndex()

async function cover(name: string): Promise<SetCoverage> {
  const [set] = await readSharedSets(name, attack)
  if (!set) throw new Error(`${name} holds no set`)
  return coverSet({ label: 'set', set }, attack)
}

describe.skipIf(sharedFolder === undefined)('coverage of published mapping files', () => {
  it.each([
    ['nist_800_53-rev5_attack-14.1-enterprise.json', '14.1', [625, 449, 84, 92]],
    ['aws-12.12.2024_attack-16.1-enterprise.json', '16.1', [656, 214, 0, 442]],
    ['kev-02.13.2025_attack-15.1-enterprise.json', '15.1', [637, 131, 0, 506]],
  ])('of %s is what counting by hand gives', async (name, release, known) => {
    const coverage = await cover(name)
    const expected = countByHand(name, release)
    expect(expected.get('all')).toEqual(known)
    const { all, techniques, subTechniques } = countCoverage(coverage.techniques)
    const found = new Map([
      ...countTactics(coverage).map(({ tactic, counts }) => [tactic?.shortname ?? '', counts.all] as const),
      ['all', all] as const, ['techniques', techniques] as const, ['sub-techniques', subTechniques] as const,
    ])
    expect(new Map(Array.from(found, ([place, counts]) => [place, [counts.attack, counts.mapped, counts.unmappable, counts.notMentioned]])))
      .toEqual(new Map(expected))
  })

  it('makes a layer of every active technique', async () => {
    const coverage = await cover('nist_800_53-rev5_attack-14.1-enterprise.json')
    const { value, schema, counts } = reportLayerArtifact(coverageLayer({ coverage }), () => undefined)
    expect(counts).toEqual({ techniques: 625, leftOut: 0 })
    expect(await schemaErrors(schema, value)).toEqual([])
  })
})
