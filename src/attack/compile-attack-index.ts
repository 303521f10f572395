import type { Domain } from '../model/mapping.js'
import type { AttackRelease } from './attack-release.js'
import { compareVersions } from './compare-versions.js'
import { encodeRuns } from './field-runs.js'
import type { AttackDomainData, AttackIndexData } from './index-data.js'
import { encodeTactic } from './tactic-line.js'
import { encodeTechnique } from './technique-line.js'

/**
 * Compiles releases into the stored index. The order in which they are given does not matter; of two with the same domain
 * and version the later one counts.
 */
export function compileAttackIndex(releases: readonly AttackRelease[]): AttackIndexData {
  return {
    format: 1,
    enterprise: compileDomain(releases, 'enterprise'),
    mobile: compileDomain(releases, 'mobile'),
    ics: compileDomain(releases, 'ics'),
  }
}

function compileDomain(all: readonly AttackRelease[], domain: Domain): AttackDomainData {
  const byVersion = new Map(all.filter((release) => release.domain === domain).map((release) => [release.version, release]))
  const versions = [...byVersion.keys()].toSorted(compareVersions)
  const releases = versions.flatMap((version) => byVersion.get(version) ?? [])
  const matrix = releases.map(({ tactics }) => tactics.map(({ id }) => id).join(','))
  return {
    releases: versions,
    matrix: encodeRuns(matrix, versions),
    tactics: linesById(releases.map(({ tactics }) => tactics), versions, encodeTactic),
    techniques: linesById(releases.map(({ techniques }) => techniques), versions, encodeTechnique),
  }
}

function linesById<Thing extends { readonly id: string }>(
  byRelease: readonly (readonly Thing[])[],
  versions: readonly string[],
  encode: (id: string, byRelease: readonly (Thing | undefined)[], versions: readonly string[]) => string,
): readonly string[] {
  const lookups = byRelease.map((things) => new Map(things.map((thing) => [thing.id, thing])))
  const ids = new Set(lookups.flatMap((lookup) => [...lookup.keys()]))
  return [...ids].toSorted().map((id) => encode(id, lookups.map((lookup) => lookup.get(id)), versions))
}
