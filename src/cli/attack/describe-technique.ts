import type { AttackHistoryEntry, AttackIndex, AttackReleaseView, AttackTechnique } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/follow-successors.js'
import type { Domain } from '../../model/mapping.js'

type Named = Pick<AttackTechnique, 'id' | 'name' | 'status'>

/** A technique in one release, with its relatives: what `attack show --format json` prints. */
export interface TechniqueDescription extends AttackTechnique {
  readonly kind: 'technique'
  readonly domain: Domain
  readonly version: string
  /** Those that replaced it, in turn: the last is the one to use. */
  readonly successors: readonly Named[]
  readonly parent?: Named
  readonly subtechniques: readonly Named[]
  /** The releases at hand that hold it. */
  readonly releases: readonly string[]
  readonly history?: readonly AttackHistoryEntry[]
}

/** Gathers what the index knows of a technique. */
export function describeTechnique(
  index: AttackIndex,
  release: AttackReleaseView,
  technique: AttackTechnique,
  withHistory: boolean,
): TechniqueDescription {
  const [parentId = ''] = technique.id.split('.')
  const parent = parentId === technique.id ? undefined : release.technique(parentId)
  const history = index.history(technique.id).filter(({ domain }) => domain === release.domain)
  const subtechniques = release.techniques().filter(({ id, status }) => status === 'active' && id.startsWith(`${technique.id}.`))
  return {
    kind: 'technique',
    domain: release.domain,
    version: release.version,
    ...technique,
    successors: followSuccessors(release, technique).map(pickName),
    ...(parent && { parent: pickName(parent) }),
    subtechniques: subtechniques.map(pickName),
    releases: history.map(({ version }) => version),
    ...(withHistory && { history }),
  }
}

function pickName({ id, name, status }: AttackTechnique): Named {
  return { id, name, status }
}
