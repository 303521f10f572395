import { parse, v5 } from 'uuid'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'

/** The namespace of mapping ids: a random UUID, fixed once for all. */
const namespace = parse('9b0c1f4e-6a52-4d0b-8a77-3f1f3c0d6e21')

const encoder = new TextEncoder()

const known = new WeakMap<ResolvedSet, readonly string[]>()

/**
 * The ids of a set's rows, in their order: UUIDv5 (RFC 9562, section 5.5) of everything that the set's releases and the row say,
 * but not of where the row stands. So an id never moves to a row that says something else, whatever is added before it or in
 * whichever order documents are read; a row that is changed gets a new one. Rows that say exactly the same are told apart by an
 * ordinal, counted from 1.
 */
export function mappingIds(set: ResolvedSet): readonly string[] {
  const ready = known.get(set)
  if (ready) return ready
  const { framework, attack } = set
  const releases = [framework.id, framework.version, attack.domain, attack.version]
  const seen = new Map<string, number>()
  const ids = set.mappings.map((mapping) => {
    const content = JSON.stringify([...releases, ...rowContent(mapping)])
    const ordinal = (seen.get(content) ?? 0) + 1
    seen.set(content, ordinal)
    return v5(encoder.encode(`${ordinal} ${content}`), namespace)
  })
  known.set(set, ids)
  return ids
}

/** What a row says, in a fixed order; JSON writes null where it says nothing. */
function rowContent(mapping: Mapping): readonly unknown[] {
  const { score, author, release } = mapping
  return [
    mapping.kind === 'unmapped-technique' ? undefined : [mapping.capability.id, mapping.capability.description],
    mapping.kind === 'unmapped-capability' ? undefined : [mapping.technique.id, mapping.technique.name],
    mapping.relation,
    mapping.group,
    [score?.category, score?.value, score?.related],
    mapping.comments,
    mapping.references,
    mapping.status,
    [author?.name, author?.contact, author?.organization],
    [release?.framework, release?.frameworkVersion, release?.domain, release?.attackVersion],
  ]
}
