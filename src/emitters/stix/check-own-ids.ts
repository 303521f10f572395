import { mitreIdentity } from '../../attack/attack-index.js'
import { fieldOf, itemsOf, textOf, type TreeValue } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { BundleGraph, PlacedObject } from '../../validation/stix/bundle-graph.js'
import type { FaultLog } from '../../validation/stix/fault-log.js'
import { stixId } from '../objects/stix-id.js'
import { crosswalkIdentity, extensionKey } from './preamble-objects.js'

const fixed: ReadonlySet<string> = new Set([crosswalkIdentity.id, mitreIdentity.id])

/**
 * Ids that we derive from what an object says, derived again (docs/stix.md, "Ids"): one that was changed makes a platform take
 * the
 * object for another. Capabilities are known by the set that lists them: its grouping has to be there, with our extension.
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
      code: 'verify/meaning', message: 'the id is not the one that Crosswalk derives for this object',
      found: placed.id.slice(0, 120), expected, steps: ['id'],
    })
  }

  function expectId(placed: PlacedObject): string | undefined {
    const { id, type, object } = placed
    const text = (name: string): string | undefined => textOf(object, name)
    if (type === 'relationship' && extensionOf(object) !== undefined) {
      return stixId('relationship', text('relationship_type'), text('source_ref'), text('target_ref'))
    }
    if (type === 'identity' && !fixed.has(id)) return stixId('identity', text('identity_class'), text('name'))
    if (type === 'grouping') return oneOf(sets.get(JSON.stringify(releaseOf(placed))), id)
    const cited = textOf(itemsOf(object, 'external_references')[0], 'external_id')
    return cited === undefined ? undefined : oneOf(capabilities.get(`${type} ${cited}`), id)
  }
}

/** The id where it is one of those known; else what it should be. Undefined where nothing is known. */
function oneOf(known: ReadonlySet<string> | undefined, id: string): string | undefined {
  return known === undefined || known.has(id) ? undefined : [...known].join(' or ')
}

function extensionOf(object: TreeValue): TreeValue | undefined {
  return fieldOf(fieldOf(object, 'extensions'), extensionKey)
}

/** The ids of the capabilities that sets list, by type and the id in the framework. */
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

/** What tells one set from another, as its grouping says it. */
function releaseOf({ object }: PlacedObject): readonly (string | undefined)[] {
  const set = fieldOf(extensionOf(object), 'mapping_set')
  return [
    'mapping_framework', 'mapping_framework_version', 'technology_domain', 'attack_version',
  ].map((name) => textOf(set, name))
}

/** The ids that groupings may have, by the releases of their sets: the first of the same releases, the second, … */
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

/** The id of a bundle of ours, of which nothing was taken away. */
export function deriveBundleId(graph: BundleGraph): string | undefined {
  const groupings = graph.objects.filter(({ type }) => type === 'grouping')
  const isWhole = groupings.length > 0 && groupings.every(({ object }) => extensionOf(object) !== undefined)
  return isWhole ? stixId('bundle', ...groupings.map(({ id }) => id)) : undefined
}
