import { describe, expect, it } from 'vitest'
import { describeDiff, type DescribedDiff } from '../../src/analyses/diff/describe-diff.js'
import { diffLayer } from '../../src/analyses/diff/diff-report.js'
import { diffSets } from '../../src/analyses/diff/diff-sets.js'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { reportLayerArtifact } from '../../src/emitters/navigator/report-layer.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { readUnified, type UnifiedRow } from '../support/read-unified.js'
import { sharedFolder } from '../support/shared.js'

const attack = await loadAttackIndex()

async function readSet(name: string): Promise<ResolvedSet> {
  const [set] = await readSharedSets(name, attack)
  if (!set) throw new Error(`${name} holds no set`)
  return set
}

async function compare(old: string, fresh: string): Promise<DescribedDiff> {
  return describeDiff(diffSets(await readSet(old), await readSet(fresh)), attack)
}

/** Counted from the files as they are, by pairs of ids and whole rows: no code of the comparison. */
function countByHand(old: string, fresh: string): object {
  const groups = new Map<string, { old: string[]; fresh: string[] }>()
  for (const [side, name] of [['old', old], ['fresh', fresh]] as const) {
    for (const row of readUnified(name)) {
      const key = `${fold(row.capability_id)} ${fold(row.attack_object_id)}`
      const group = groups.get(key) ?? { old: [], fresh: [] }
      groups.set(key, group)
      group[side].push(wholeRow(row))
    }
  }
  const counts = { same: 0, changed: 0, added: 0, removed: 0 }
  for (const group of groups.values()) {
    const left = group.old.filter((row) => {
      const index = group.fresh.indexOf(row)
      if (index >= 0) group.fresh.splice(index, 1)
      return index < 0
    })
    const changed = Math.min(left.length, group.fresh.length)
    counts.same += group.old.length - left.length
    counts.changed += changed
    counts.removed += left.length - changed
    counts.added += group.fresh.length - changed
  }
  return counts
}

function wholeRow(row: UnifiedRow): string {
  const { references, ...texts } = row
  const stated = Object.entries(texts).flatMap(([name, text]) => (fold(text) === '' ? [] : [`${name}: ${fold(text)}`])).toSorted()
  return JSON.stringify([stated, (references ?? []).map(fold).filter((text) => text !== '').toSorted()])
}

function fold(text: unknown): string {
  return typeof text === 'string' ? text.replaceAll(/\s+/g, ' ').trim() : ''
}

const nist = ['nist_800_53-rev4_attack-12.1-enterprise.json', 'nist_800_53-rev4_attack-14.1-enterprise.json'] as const
const aws = ['aws-09.21.2021_attack-9.0-enterprise.json', 'aws-12.12.2024_attack-16.1-enterprise.json'] as const

describe.skipIf(sharedFolder === undefined)('published mapping files', () => {
  it.each([
    [nist, {
      oldRows: 4865, newRows: 5061, same: 4645, respelled: 0, changed: 194, added: 222, removed: 26,
      capabilitiesAdded: 2, capabilitiesRemoved: 4, techniquesAdded: 106, techniquesRemoved: 0,
    }],
    [aws, {
      oldRows: 463, newRows: 497, same: 415, respelled: 0, changed: 48, added: 34, removed: 0,
      capabilitiesAdded: 2, capabilitiesRemoved: 0, techniquesAdded: 23, techniquesRemoved: 0,
    }],
  ])('%j differ as counted', async ([old, fresh], counts) => {
    expect((await compare(old, fresh)).counts).toEqual(counts)
    expect(counts).toMatchObject(countByHand(old, fresh))
  })

  it.each([
    ['azure-06.29.2021_attack-8.2-enterprise.json', 'azure-06.29.2021_attack-8.2-enterprise.json'],
    ['gcp-06.28.2022_attack-10.0-enterprise.json', 'gcp-03.06.2025_attack-16.1-enterprise.json'],
    ['veris-1.3.5_attack-9.0-enterprise.json', 'veris-1.3.7_attack-12.1-enterprise.json'],
    ['nist_800_53-rev4_attack-14.1-enterprise.json', 'nist_800_53-rev5_attack-14.1-enterprise.json'],
  ])('%s and %s differ as counted from the files', async (old, fresh) => {
    expect((await compare(old, fresh)).counts).toMatchObject(countByHand(old, fresh))
  })

  it('AWS: a score that was corrected, comments that were taken out, a service that is new', async () => {
    const { diff, techniques } = await compare(...aws)
    const changed = diff.changed.flatMap(({ new: row, fields }) => fields.map(({ field, old, new: fresh }) => [
      row.kind === 'unmapped-technique' ? '' : row.capability.id, row.kind === 'mapped' ? row.technique.id : '', field, old, fresh,
    ]))
    expect(changed).toContainEqual(['aws_rds', 'T1557', 'score_value', 'significant', 'partial'])
    expect(changed).toContainEqual(['aws_firewall_manager', '', 'comments', expect.any(String), undefined])
    const added = diff.capabilities.filter(({ change }) => change === 'added').map(({ id }) => id)
    expect(added).toEqual(['amazon_macie', 'aws_security_lake'])
    expect(techniques.filter(({ inOldAttack }) => inOldAttack !== 'absent')).toEqual([])
  })

  it.each([nist, aws])('%s to %s becomes a layer of the newer release', async (old, fresh) => {
    const described = await compare(old, fresh)
    const { value, counts } = reportLayerArtifact(diffLayer(described), () => {})
    expect(await schemaErrors('navigator-layer', value)).toEqual([])
    expect(counts['techniques']).toBeGreaterThan(20)
    expect(value).toMatchObject({ versions: { attack: described.release.version.split('.')[0] } })
  })
})
