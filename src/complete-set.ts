import type { AttackIndex } from './attack/attack-index.js'
import type { Report } from './diagnostics/diagnostic.js'
import type { Domain } from './model/mapping.js'
import type { MappingSet, ResolvedSet } from './model/mapping-set.js'
import type { Origin } from './model/origin.js'
import { unknownFramework } from './model/unknown-framework.js'
import type { Statements } from './parsers/parser.js'
import { describeFramework } from './frameworks/describe-framework.js'
import { reportOn } from './report-on.js'
import { inferDomain } from './rules/normalise/infer-domain.js'

/**
 * Adds to a parsed set what its document does not state: first what the user states, then the domain that the technique
 * ids tell. What the document does state stays; where the user says otherwise, that is reported.
 */
export function completeSet(set: MappingSet, statements: Statements, attack: AttackIndex, report: Report): ResolvedSet {
  const origin = firstOrigin(set)
  const choose = <Value extends string>(what: string, stated: Value | undefined, wanted: Value | undefined): Value | undefined => {
    if (stated !== undefined && wanted !== undefined && stated !== wanted) {
      report('parse/stated-otherwise', { ...(origin && { origin }), found: `${what} ${stated}`, expected: `${what} ${wanted}` })
    }
    return stated ?? wanted
  }
  const stated = set.framework.id === unknownFramework ? undefined : set.framework.id
  const frameworkId = stated ?? (statements.framework === undefined ? undefined : describeFramework(statements.framework).id)
  const frameworkVersion = choose('framework version', set.framework.version, statements.frameworkVersion)
  const attackVersion = choose('ATT&CK version', set.attack.version, statements.attackVersion)
  const statedDomain = choose('domain', set.attack.domain, statements.domain)
  const told = statedDomain === undefined ? tellDomain(set, attack) : { domain: statedDomain }
  const name = frameworkId === undefined || frameworkId === set.framework.id ? set.framework.name : describeFramework(frameworkId).name
  const completed: ResolvedSet = {
    ...set,
    framework: { id: frameworkId ?? unknownFramework, name, ...(frameworkVersion !== undefined && { version: frameworkVersion }) },
    attack: { domain: told.domain, ...(attackVersion !== undefined && { version: attackVersion }) },
  }
  if ('share' in told) reportDomain(told, origin, reportOn(completed, report))
  return completed
}

/** A domain, and which share of a set's techniques are its. */
interface ToldDomain {
  readonly domain: Domain
  readonly share: number
}

function tellDomain(set: MappingSet, attack: AttackIndex): ToldDomain {
  return inferDomain(set.mappings.flatMap((mapping) => (mapping.kind === 'unmapped-capability' ? [] : [mapping.technique.id])), attack)
}

function reportDomain({ domain, share }: ToldDomain, origin: Origin | undefined, report: Report): void {
  report('normalise/domain-inferred', {
    message: share === 0
      ? `No ATT&CK domain is stated, and no technique id tells it; it is taken to be ${domain}`
      : `No ATT&CK domain is stated; ${Math.round(share * 100)} % of the technique ids are ${domain}'s, so it is taken to be ${domain}`,
    ...(origin && { origin: { document: origin.document, place: { kind: 'file' } } }),
  })
}

function firstOrigin(set: MappingSet): Origin | undefined {
  return set.mappings[0]?.origins[0]
}
