import { mitreIdentity } from '../../attack/attack-index.js'
import { fieldOf, itemsOf, textOf, type TreeValue } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { BundleGraph, PlacedObject } from '../../validation/stix/bundle-graph.js'
import type { FaultLog } from '../../validation/stix/fault-log.js'
import { stixId } from '../objects/stix-id.js'
import { crosswalkIdentity, extensionKey } from './preamble-objects.js'

/** Identities whose ids are not derived from their class and name. */
const fixedIds: ReadonlySet<string> = new Set([crosswalkIdentity.id, mitreIdentity.id])

/**
 * Derives the ids of Crosswalk's objects again from their properties (docs/stix.md, "Ids"), and reports those that differ:
 * platforms take an object with another id for a different object. Capabilities can be checked only if the bundle contains the
 * grouping of their set, with Crosswalk's extension.
 */
export function checkOwnIds(graph: BundleGraph, { report }: FaultLog): void {
  const groupings = graph.objects.filter(({ type, object }) =>
    type === 'grouping' && fieldOf(extensionOf(object), 'mapping_set') !== undefined)
  const capabilities = capabilityIds(groupings)
  const sets = groupingIds(groupings)
  for (const placed of graph.objects) {
    const expected = expectId(placed)
    if (expected === undefined || expected === placed.id) continue
    report(placed.index, {
      code: 'verify/meaning', message: 'the id differs from the one that Crosswalk derives for this object',
      found: placed.id.slice(0, 120), expected, steps: ['id'],
    })
  }

  function expectId(placed: PlacedObject): string | undefined {
    const { id, type, object } = placed
    const text = (name: string): string | undefined => textOf(object, name)
    if (type === 'relationship' && extensionOf(object) !== undefined) {
      return stixId('relationship', text('relationship_type'), text('source_ref'), text('target_ref'))
    }
    if (type === 'identity' && !fixedIds.has(id)) return stixId('identity', text('identity_class'), text('name'))
    if (type === 'grouping') return expectOneOf(sets.get(JSON.stringify(releaseOf(placed))), id)
    const cited = textOf(itemsOf(object, 'external_references')[0], 'external_id')
    return cited === undefined ? undefined : expectOneOf(capabilities.get(`${type} ${cited}`), id)
  }
}

/** The known ids in words; undefined if `id` is one of them, or if none are known. */
function expectOneOf(known: ReadonlySet<string> | undefined, id: string): string | undefined {
  return known === undefined || known.has(id) ? undefined : [...known].join(' or ')
}

function extensionOf(object: TreeValue): TreeValue | undefined {
  return fieldOf(fieldOf(object, 'extensions'), extensionKey)
}

/** Derived ids of the capabilities in groupings, by STIX type and capability id. */
function capabilityIds(groupings: readonly PlacedObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>()
  for (const { object } of groupings) {
    const set = fieldOf(extensionOf(object), 'mapping_set')
    const framework = textOf(set, 'mapping_framework')
    if (framework === undefined) continue
    const type = describeFramework(framework).stix.object
    for (const capability of itemsOf(set, 'capabilities')) {
      const name = textOf(capability, 'capability_id')
      if (name === undefined) continue
      const key = `${type} ${name}`
      const known = ids.get(key) ?? new Set<string>()
      ids.set(key, known.add(stixId(type, 'capability', framework, textOf(set, 'mapping_framework_version'), name)))
    }
  }
  return ids
}

/** The properties that identify a set (`releaseKey`), from its grouping. */
function releaseOf({ object }: PlacedObject): readonly (string | undefined)[] {
  const set = fieldOf(extensionOf(object), 'mapping_set')
  return [
    'mapping_framework', 'mapping_framework_version', 'technology_domain', 'attack_version',
  ].map((name) => textOf(set, name))
}

/** Derived ids of groupings, by the releases of their sets; sets with the same releases are numbered. */
function groupingIds(groupings: readonly PlacedObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>()
  for (const grouping of groupings) {
    const release = releaseOf(grouping)
    const key = JSON.stringify(release)
    const known = ids.get(key) ?? new Set<string>()
    ids.set(key, known.add(stixId('grouping', ...release, known.size === 0 ? undefined : String(known.size))))
  }
  return ids
}

/** The id that Crosswalk derives for a bundle from its groupings; undefined unless there are some and all have its extension. */
export function deriveBundleId(graph: BundleGraph): string | undefined {
  const groupings = graph.objects.filter(({ type }) => type === 'grouping')
  const isWhole = groupings.length > 0 && groupings.every(({ object }) => extensionOf(object) !== undefined)
  return isWhole ? stixId('bundle', ...groupings.map(({ id }) => id)) : undefined
}
