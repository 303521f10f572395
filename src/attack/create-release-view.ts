import type { AttackReleaseView, AttackTechnique } from './attack-index.js'
import type { AttackRelease } from './attack-release.js'

/** Makes a release's facts searchable: looking up takes the same time whatever the release's size. */
export function createReleaseView(release: AttackRelease, match: AttackReleaseView['match']): AttackReleaseView {
  const byId = new Map<string, AttackTechnique>(release.techniques.map((technique) => [technique.id, technique]))
  return {
    domain: release.domain,
    version: release.version,
    match,
    tactics: release.tactics,
    technique: (id) => byId.get(id),
    techniques: () => release.techniques,
  }
}
