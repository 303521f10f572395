import { type AttackIndex, type AttackReleaseView, type AttackTechnique, parentOf, releaseName } from '../../attack/attack-index.js'
import { normaliseName } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'
import type { CheckRule } from '../rule.js'
import { certainTechnique } from './referenced-techniques.js'

/** Reports names that differ from ATT&CK's for the id, former names included; case, white space, quotes and "Parent: Sub" are ignored. */
export const techniqueNameDiffers: CheckRule = {
  id: 'check/technique-name-differs',
  check({ techniques }, { attack, report }) {
    for (const referenced of techniques) {
      const { id, release, later, names } = referenced
      const technique = names.size === 0 ? undefined : certainTechnique(referenced)
      if (!technique) continue
      const renamed = later?.technique(id)
      const differing = [...names].filter(([name]) => name !== technique.name && !isAccepted(name, technique, release)
        && !(later && renamed && isAccepted(name, renamed, later)))
      const [first] = differing
      if (!first) continue
      const [name, { origin }] = first
      const hint = earlierUse(name, technique, release.domain, attack)
      report('check/technique-name-differs', {
        message: `${id} is called "${technique.name}" in ${releaseName(release)}, not "${name}"`,
        found: name,
        expected: technique.name,
        count: differing.reduce((sum, [, { count }]) => sum + count, 0),
        ...(origin && { origin }),
        ...(hint !== undefined && { hint }),
      })
    }
  },
}

function isAccepted(name: string, technique: AttackTechnique, release: AttackReleaseView): boolean {
  const written = normaliseName(name)
  const own = normaliseName(technique.name)
  if (written === own) return true
  const parentId = parentOf(technique.id)
  const parent = parentId === undefined ? undefined : release.technique(parentId)
  return parent !== undefined && written === `${normaliseName(parent.name)}: ${own}`
}

function earlierUse(name: string, { id }: AttackTechnique, domain: Domain, attack: AttackIndex): string | undefined {
  const versions = attack
    .history(id)
    .filter((entry) => entry.domain === domain && isAccepted(name, entry.technique, attack.release(domain, entry.version)))
    .map(({ version }) => version)
  const [first] = versions
  const last = versions.at(-1)
  if (first === undefined || last === undefined) return undefined
  return `ATT&CK uses this name in ${first === last ? `release ${first}` : `releases ${first} to ${last}`}`
}
