import { type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions, parentOf } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { compareText } from '../../model/text.js'
import type { ParquetColumn, ParquetRow } from './parquet-column.js'

/** The columns of the techniques, in order. docs/parquet.md describes them. */
export const techniqueColumns: readonly ParquetColumn[] = [
  { name: 'attack_domain', type: 'text', required: true },
  { name: 'attack_release', type: 'text', required: true },
  { name: 'technique_id', type: 'text', required: true },
  { name: 'technique_name', type: 'text', required: true },
  { name: 'parent_id', type: 'text' },
  { name: 'is_subtechnique', type: 'flag', required: true },
  { name: 'tactics', type: 'list' },
  { name: 'status', type: 'text', required: true },
  { name: 'current_id', type: 'text', required: true },
]

/** The ATT&CK releases in which the techniques of sets were looked up, by domain, oldest first. */
export function listReleases(sets: readonly ResolvedSet[], attack: AttackIndex): readonly AttackReleaseView[] {
  const releases = new Map<string, AttackReleaseView>()
  for (const { attack: { domain, version } } of sets) {
    const release = attack.release(domain, version)
    releases.set(`${release.domain} ${release.version}`, release)
  }
  return [...releases.values()].toSorted((a, b) => compareText(a.domain, b.domain) || compareVersions(a.version, b.version))
}

/** All techniques of releases, by release and id. */
export function* listTechniqueRows(releases: readonly AttackReleaseView[]): Iterable<ParquetRow> {
  for (const release of releases) {
    const names = new Map(release.tactics.map((tactic) => [tactic.shortname, tactic.name]))
    for (const technique of release.techniques()) yield describeTechnique(technique, release, names)
  }
}

function describeTechnique(technique: AttackTechnique, release: AttackReleaseView, names: ReadonlyMap<string, string>): ParquetRow {
  const { id, name, status } = technique
  const tactics = technique.tactics.map((shortname) => names.get(shortname) ?? shortname)
  const isSubtechnique = id.includes('.')
  return {
    attack_domain: release.domain,
    attack_release: release.version,
    technique_id: id,
    technique_name: name,
    parent_id: isSubtechnique ? parentOf(id) : undefined,
    is_subtechnique: isSubtechnique,
    tactics: tactics.length > 0 ? tactics : undefined,
    status,
    // What replaced it, step by step, as `bridge` has it; itself, if nothing did.
    current_id: (status === 'revoked' ? followSuccessors(release, technique).at(-1)?.id : undefined) ?? id,
  }
}
