import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { updateFile } from '../../src/analyses/in-place/update-file.js'
import { countUpgrade } from '../../src/analyses/upgrade/upgrade-document.js'
import { techniqueOf } from '../../src/analyses/upgrade/row-change.js'
import { upgradeSet, type UpgradedSet } from '../../src/analyses/upgrade/upgrade-set.js'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import type { Mapping } from '../../src/model/mapping.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { shared, sharedFolder } from '../support/shared.js'
import { createSet, mapped } from '../support/small-set.js'

const target = '18.1'
const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json')).toSorted()

/** Rows: unchanged, renamed, moved, replaced, to review, gone, unknown. None of the files names a technique that ATT&CK has lost, or never had. */
const expected: Readonly<Record<string, readonly number[]>> = {
  'aws-09.21.2021_attack-9.0-enterprise.json': [412, 27, 9, 1, 14, 0, 0],
  'aws-12.12.2024_attack-16.1-enterprise.json': [494, 0, 0, 1, 2, 0, 0],
  'azure-06.29.2021_attack-8.2-enterprise.json': [876, 54, 33, 1, 14, 0, 0],
  'cri_profile-v2.1_attack-16.1-enterprise.json': [2132, 10, 0, 3, 7, 0, 0],
  'gcp-03.06.2025_attack-16.1-enterprise.json': [533, 1, 1, 0, 1, 0, 0],
  'gcp-06.28.2022_attack-10.0-enterprise.json': [393, 25, 21, 0, 3, 0, 0],
  'intel-vpro-08.20.2024_attack-15.1-enterprise.json': [259, 0, 1, 0, 1, 0, 0],
  'kev-02.13.2025_attack-15.1-enterprise.json': [781, 1, 2, 0, 22, 0, 0],
  'kev-02.13.2025_attack-15.1-mobile.json': [8, 0, 0, 0, 0, 0, 0],
  'm365-12.11.2023_attack-14.1-enterprise.json': [514, 4, 0, 0, 0, 0, 0],
  'nist_800_53-rev4_attack-10.1-enterprise.json': [4355, 208, 58, 33, 38, 0, 0],
  'nist_800_53-rev4_attack-12.1-enterprise.json': [4681, 66, 71, 9, 38, 0, 0],
  'nist_800_53-rev4_attack-14.1-enterprise.json': [4951, 60, 3, 9, 38, 0, 0],
  'nist_800_53-rev4_attack-8.2-enterprise.json': [3656, 267, 115, 34, 47, 0, 0],
  'nist_800_53-rev4_attack-9.0-enterprise.json': [3964, 229, 58, 30, 47, 0, 0],
  'nist_800_53-rev5_attack-10.1-enterprise.json': [4415, 209, 60, 33, 38, 0, 0],
  'nist_800_53-rev5_attack-12.1-enterprise.json': [4741, 68, 73, 9, 38, 0, 0],
  'nist_800_53-rev5_attack-14.1-enterprise.json': [5024, 62, 3, 9, 38, 0, 0],
  'nist_800_53-rev5_attack-8.2-enterprise.json': [3720, 273, 117, 34, 47, 0, 0],
  'nist_800_53-rev5_attack-9.0-enterprise.json': [4012, 229, 60, 30, 47, 0, 0],
  'veris-1.3.5_attack-9.0-enterprise.json': [989, 57, 8, 5, 10, 0, 0],
  'veris-1.3.7_attack-12.1-enterprise.json': [1093, 24, 10, 4, 12, 0, 0],
  'veris-1.3.7_attack-12.1-ics.json': [338, 0, 0, 0, 0, 0, 0],
  'veris-1.3.7_attack-12.1-mobile.json': [374, 0, 0, 0, 1, 0, 0],
}

/** The newest file of each framework and domain. */
const newest = /^(?:aws-12|azure|cri|gcp-03|intel|kev|m365|nist_800_53-rev5_attack-14|veris-1\.3\.7)/

async function upgradeFile(name: string): Promise<UpgradedSet> {
  const attack = await loadAttackIndex()
  const [set] = await readSharedSets(name, attack)
  const upgraded = set && upgradeSet(set, target, attack)
  if (!upgraded) throw new Error(`${name} has a set, and the release is available`)
  return upgraded
}

describe.skipIf(sharedFolder === undefined)(`CTID's mapping files, brought to ATT&CK ${target}`, () => {
  it.each(files)('%s: rows in = rows out, each in one class', async (name) => {
    const upgraded = await upgradeFile(name)
    const { rowsIn, rowsOut, classes, open } = countUpgrade(upgraded)
    expect([rowsOut, rowsIn]).toEqual([upgraded.former.mappings.length, upgraded.changes.length])
    expect(rowsOut).toBe(rowsIn)
    const { unchanged, renamed, moved, replaced, review, gone, unknown } = classes
    expect([unchanged, renamed, moved, replaced, review, gone, unknown]).toEqual(expected[name])
    expect(open).toBe(review + gone + unknown)
  })

  it('of the newest files, 18 rows name a technique that is revoked now', async () => {
    const upgraded = await Promise.all(files.filter((name) => newest.test(name)).map(upgradeFile))
    const references = upgraded.flatMap(({ changes }) => changes).filter(({ before }) => techniqueOf(before) !== undefined)
    expect(references).toHaveLength(12_388)
    expect(references.filter((change) => change.class === 'replaced')).toHaveLength(18)
  })

  it('replaces every row by what the bundle says with revoked-by, followed to the end', async () => {
    const bundle = readBundle(`enterprise-attack-${target}.json`)
    const pairs = new Map<string, string>()
    let rows = 0
    for (const name of files.filter((file) => file.includes('enterprise'))) {
      for (const change of (await upgradeFile(name)).changes.filter(({ class: upgradeClass }) => upgradeClass === 'replaced')) {
        const [old, now] = [techniqueOf(change.before)?.id ?? '', techniqueOf(change.after)?.id ?? '']
        expect(bundle.replacement(old), `${name}: ${old}`).toBe(now)
        pairs.set(old, now)
        rows += 1
      }
    }
    expect(rows).toBe(245)
    expect(Object.fromEntries(pairs)).toEqual(spotChecks)
  }, 60_000)

  it.each([['enterprise', 132, 0], ['mobile', 44, 9]] as const)('follows every revocation of %s as the bundle has it', async (domain, certain, open) => {
    const attack = await loadAttackIndex()
    const bundle = readBundle(`${domain}-attack-${target}.json`)
    const rows = bundle.revoked().map((id) => mapped('A', id))
    const changes = upgradeSet({ ...createSet({ rows, domain }), attack: { domain } }, target, attack)?.changes ?? []
    for (const { class: upgradeClass, before, after } of changes) {
      const now = bundle.replacement(techniqueOf(before)?.id ?? '')
      expect([techniqueOf(before)?.id, upgradeClass === 'replaced' ? techniqueOf(after)?.id : undefined]).toEqual([techniqueOf(before)?.id, now])
    }
    expect(changes.filter((change) => change.class === 'replaced')).toHaveLength(certain)
    expect(changes.filter((change) => change.class === 'review')).toHaveLength(open)
  })

  it('finds the tactics of what it says was moved to differ in the bundles, and of what is unchanged to be the same', async () => {
    for (const [name, domain, from] of [['veris-1.3.7_attack-12.1-ics.json', 'ics', '12.1'], ['gcp-06.28.2022_attack-10.0-enterprise.json', 'enterprise', '10.0']] as const) {
      const [before, after] = [readBundle(`${domain}-attack-${from}.json`), readBundle(`${domain}-attack-${target}.json`)]
      for (const change of (await upgradeFile(name)).changes) {
        const id = techniqueOf(change.before)?.id
        if (id === undefined || change.class === 'review' || change.class === 'replaced') continue
        const differs = before.tactics(id).join() !== after.tactics(id).join()
        expect([id, differs]).toEqual([id, change.class === 'moved'])
      }
    }
  })
})

describe.skipIf(sharedFolder === undefined)('files updated in place to ATT&CK 19.1', () => {
  it.each(files)('%s is read as the set upgraded, and differs in ids, names, related techniques and the release alone', async (name) => {
    const attack = await loadAttackIndex()
    const before = readFileSync(shared(`mappings/${name}`))
    const after = await updateInPlace(name, before)
    const [[former], [now]] = [await readSharedSets(name, attack), await readSharedSets(name, attack, after)]
    const upgraded = former && upgradeSet(former, '19.1', attack)
    expect(now?.attack).toEqual(upgraded?.set.attack)
    expect(now?.mappings.map((row) => techniqueOf(row)?.id)).toEqual(upgraded?.set.mappings.map((row) => techniqueOf(row)?.id))
    expect(now?.mappings.map(withoutTechnique)).toEqual(former?.mappings.map(withoutTechnique))
    const [old, fresh] = [before, after].map((bytes) => Buffer.from(bytes).toString('utf8').split('\n'))
    expect(fresh?.length).toBe(old?.length)
    const changed = old?.filter((line, index) => line !== fresh?.[index]) ?? []
    expect(changed.filter((line) => !/^\s*"(?:attack_object_id|attack_object_name|attack_version|related_score|technique_id)":/.test(line)).filter((line) => !/attack_version|T\d{4}/.test(line))).toEqual([])
  })

  it.each(['navigator/Bear_APT.json', 'navigator/heatmap_layer.json', 'legacy/m365-12.11.2023_attack-14.1-enterprise_E3_navigator_layers.json',
    'legacy/m365-12.11.2023_attack-14.1-enterprise_E5_navigator_layers.json'])('the layer %s differs in ids, tactics and the release alone', async (name) => {
    const before = readFileSync(shared(name))
    const after = await updateInPlace(name, before)
    const [old, now] = [before, after].map((bytes) => Buffer.from(bytes).toString('utf8')
      .replaceAll(/(?<=")T\d{4}(?:\.\d{3})?(?=")|(?<="tactic":\s{0,2}")[\w-]+|(?<="attack":\s{0,2}")[\d.]+/g, '')
      .replaceAll(/(?<=techniques\/)T\d{4}(?:\/\d{3})?/g, ''))
    expect(now).toBe(old)
    expect(Buffer.from(after).equals(before)).toBe(false)
    expect(await updateInPlace(name, after)).toBe(after)
  })

  it('of the 24 files, says of each row whose technique 19 revoked what became of it', async () => {
    const attack = await loadAttackIndex()
    const [old, now] = [attack.release('enterprise', '18.1'), attack.release('enterprise', '19.1')]
    const pairs = new Map<string, number>()
    for (const name of files) {
      const [set] = await readSharedSets(name, attack)
      const upgraded = set && upgradeSet(set, '19.1', attack)
      expect(upgraded?.set.mappings).toHaveLength(set?.mappings.length ?? -1)
      for (const { before, after, class: outcome } of upgraded?.changes ?? []) {
        const id = techniqueOf(before)?.id ?? ''
        if (old.technique(id)?.status !== 'active' || now.technique(id)?.status !== 'revoked') continue
        const key = `${outcome} ${id} ${techniqueOf(after)?.id}`
        pairs.set(key, (pairs.get(key) ?? 0) + 1)
      }
    }
    expect(Object.fromEntries(pairs)).toEqual(revokedBy19)
    expect([...pairs.values()].reduce((sum, count) => sum + count, 0)).toBe(1617)
  }, 60_000)
})

/** A file updated in place; the bytes themselves if nothing changes. */
async function updateInPlace(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const file = { name, path: name, bytes, sha256: '' }
  const { report } = createDiagnosticLog()
  const result = await updateFile(file, await loadAttackIndex(), { to: '19.1', choices: new Map(), withProse: false }, report)
  return result?.bytes ?? bytes
}

/** What an update in place must not touch. */
function withoutTechnique(row: Mapping): object {
  const { technique: _technique, release: _release, score, origins: _origins, ...others }: Mapping & { technique?: unknown } = row
  return { ...others, category: score?.category, value: score?.value }
}

/** Rows of the files by what 19 made of their techniques. */
const revokedBy19: Readonly<Record<string, number>> = {
  'replaced T1070.001 T1685.005': 219,
  'replaced T1070.002 T1685.006': 219,
  'replaced T1562 T1685': 211,
  'replaced T1562.001 T1685': 151,
  'replaced T1562.002 T1685.001': 137,
  'replaced T1562.003 T1690': 48,
  'replaced T1562.004 T1686': 141,
  'replaced T1562.006 T1685': 167,
  'replaced T1562.007 T1686.001': 75,
  'replaced T1562.008 T1685.002': 90,
  'replaced T1562.009 T1688': 83,
  'replaced T1562.010 T1689': 32,
  'replaced T1562.011 T1685.003': 10,
  'replaced T1562.012 T1685.004': 19,
  'replaced T1656 T1684.001': 15,
}

/** Every technique of the files that is replaced; read by hand in the bundle's relationships. */
const spotChecks: Readonly<Record<string, string>> = { 'T1053.001': 'T1053.002', 'T1547.011': 'T1647', 'T1574.002': 'T1574.001' }

interface RawObject {
  readonly x_mitre_shortname?: string
  readonly type: string
  readonly id: string
  readonly revoked?: boolean
  readonly x_mitre_deprecated?: boolean
  readonly relationship_type?: string
  readonly source_ref?: string
  readonly target_ref?: string
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[]
  readonly kill_chain_phases?: readonly { readonly phase_name: string }[]
}

/** A bundle as it is, read without anything of ours. */
function readBundle(file: string) {
  const { objects }: { readonly objects: readonly RawObject[] } = JSON.parse(readFileSync(shared(`attack/${file}`), 'utf8'))
  const patterns = objects.filter(({ type }) => type === 'attack-pattern')
  const idOf = new Map(patterns.map((object) => [object.id, object.external_references?.find(({ source_name: name }) => /^mitre-(?:mobile-|ics-)?attack$/.test(name))?.external_id]))
  const byId = new Map(patterns.map((object) => [idOf.get(object.id), object]))
  const revokedBy = new Map(objects.filter((object) => object.relationship_type === 'revoked-by').map((object) => [object.source_ref, object.target_ref]))
  // Ids, since a tactic may only be renamed: those of ICS lost the "-ics" of their short names.
  const tacticIds = new Map(objects.flatMap(({ x_mitre_shortname: shortname, external_references: references }) =>
    (shortname === undefined ? [] : [[shortname, references?.[0]?.external_id ?? shortname] as const])))
  return {
    tactics: (id: string) => (byId.get(id)?.kill_chain_phases ?? []).map((phase) => tacticIds.get(phase.phase_name) ?? phase.phase_name).toSorted(),
    revoked: () => patterns.filter(({ revoked }) => revoked === true).map(({ id }) => idOf.get(id) ?? ''),
    /** Undefined where there is none that is in use. */
    replacement(id: string): string | undefined {
      let object = byId.get(id)
      while (object?.revoked === true) {
        const next: string | undefined = revokedBy.get(object.id)
        object = patterns.find((pattern) => pattern.id === next)
      }
      return object && object.x_mitre_deprecated !== true ? idOf.get(object.id) : undefined
    },
  }
}
