import type { Domain } from '../model/mapping.js'
import { attackDomains } from './attack-domains.js'
import type { AttackIndex, AttackReleaseView, AttackTechnique } from './attack-index.js'
import { createReleaseView } from './create-release-view.js'
import { decodeRun, createReleasePositions } from './field-runs.js'
import type { AttackDomainData, AttackIndexData } from './index-data.js'
import { resolveVersion } from './resolve-version.js'
import { decodeTactic } from './tactic-line.js'
import { decodeTechnique, lineId } from './technique-line.js'

/** Makes stored data searchable. Decodes nothing yet: a release when it is first asked for, an id's history likewise. */
export function createAttackIndex(data: AttackIndexData): AttackIndex {
  const domains: Record<Domain, DomainIndex> = {
    enterprise: createDomainIndex('enterprise', data.enterprise),
    mobile: createDomainIndex('mobile', data.mobile),
    ics: createDomainIndex('ics', data.ics),
  }
  return {
    versions: (domain) => domains[domain].releases,
    release: (domain, version) => domains[domain].release(version),
    domainsOf: (id) => attackDomains.filter((domain) => domains[domain].line(id) !== undefined),
    history: (id) =>
      attackDomains.flatMap((domain) => {
        const { releases, line, decode } = domains[domain]
        const found = line(id)
        return found === undefined
          ? []
          : releases.flatMap((version, position) => {
              const technique = decode(found, position)
              return technique ? [{ domain, version, technique }] : []
            })
      }),
  }
}

interface DomainIndex {
  readonly releases: readonly string[]
  readonly line: (id: string) => string | undefined
  readonly decode: (line: string, position: number) => AttackTechnique | undefined
  readonly release: (version: string | undefined) => AttackReleaseView
}

function createDomainIndex(domain: Domain, data: AttackDomainData): DomainIndex {
  const releases = createReleasePositions(data.releases)
  const views = new Map<string, AttackReleaseView>()
  let lines: ReadonlyMap<string, string> | undefined

  function buildView(version: string): AttackReleaseView {
    const position = releases.positions.get(version) ?? -1
    const tactics = new Map(data.tactics.flatMap((line) => {
      const tactic = decodeTactic(line, position, releases)
      return tactic ? [[tactic.id, tactic] as const] : []
    }))
    const order = decodeRun(data.matrix, position, releases).split(',')
    const techniques = data.techniques.flatMap((line) => decodeTechnique(line, position, releases) ?? [])
    return createReleaseView({ domain, version, tactics: order.flatMap((id) => tactics.get(id) ?? []), techniques }, 'exact')
  }

  return {
    releases: data.releases,
    line(id) {
      lines ??= new Map(data.techniques.map((line) => [lineId(line), line]))
      return lines.get(id)
    },
    decode: (line, position) => decodeTechnique(line, position, releases),
    release(wanted) {
      const resolved = resolveVersion(data.releases, wanted)
      if (!resolved) return createReleaseView({ domain, version: 'none', tactics: [], techniques: [] }, 'newest')
      const { version, match } = resolved
      const view = views.get(version) ?? buildView(version)
      views.set(version, view)
      return match === 'exact' ? view : { ...view, match }
    },
  }
}
