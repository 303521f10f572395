import { mitreIdentity } from '../../attack/attack-index.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { type DecodedDocument, fieldOf, itemsOf, textOf, treeOf, type TreeValue } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { Counts, ValidationContext } from '../../validation/file-kind.js'
import { reportSchemaError } from '../../validation/report-schema-error.js'
import { type BundleGraph, createBundleGraph, type PlacedObject } from '../../validation/stix/check-times.js'
import { checkCopies, checkOfficialIds, typeInId } from '../../validation/stix/check-ids.js'
import { checkObjects } from '../../validation/stix/check-objects.js'
import { checkCycles, checkReferences } from '../../validation/stix/check-references.js'
import { checkRelationships } from '../../validation/stix/check-relationships.js'
import { createFaultLog, type FaultLog, showValue } from '../../validation/stix/fault-log.js'
import { findPlatform } from '../../validation/stix/platforms/platforms.js'
import { stixId } from '../objects/stix-id.js'
import { crosswalkIdentity, extensionDefinition, extensionKey } from './preamble-objects.js'

/** Identities whose ids are not derived from their class and name. */
const fixedIds: ReadonlySet<string> = new Set([crosswalkIdentity.id, mitreIdentity.id])

/**
 * Derives the ids of Crosswalk's objects again from their properties (docs/stix.md, "Ids"), and reports those that differ:
 * platforms take an object with another id for a different object. Capabilities can be checked only if the bundle contains the
 * grouping of their set, with Crosswalk's extension.
 */
function checkOwnIds(graph: BundleGraph, { report }: FaultLog): void {
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
function deriveBundleId(graph: BundleGraph): string | undefined {
  const groupings = graph.objects.filter(({ type }) => type === 'grouping')
  const isWhole = groupings.length > 0 && groupings.every(({ object }) => extensionOf(object) !== undefined)
  return isWhole ? stixId('bundle', ...groupings.map(({ id }) => id)) : undefined
}

const ownIds: ReadonlySet<string> = new Set([extensionDefinition.id, crosswalkIdentity.id])

/**
 * Validates a STIX bundle (2.1; 2.0 is tolerated): each object by the rules for its type, then the references and relationships
 * between objects, then how the requested platforms would import them. A bundle that contains Crosswalk's extension definition
 * or identity must also match Crosswalk's own, stricter schema; its ids are derived again, and its rows are compared with ATT&CK.
 * Takes linear time.
 */
export async function validateBundle(document: DecodedDocument, context: ValidationContext): Promise<Counts> {
  const bundle = treeOf(document)?.value
  const objects = itemsOf(bundle, 'objects')
  const own = objects.some((object) => ownIds.has(textOf(object, 'id') ?? ''))
  if (own) await reportSchemaError('stix-bundle', bundle, context)
  checkFrame(bundle, context)

  const log = createFaultLog(objects, context.reportAt)
  const custom = checkObjects(objects, textOf(bundle, 'spec_version') === '2.0' ? '2.0' : '2.1', log)
  const graph = createBundleGraph(objects)
  checkCopies(graph, log)
  const { forward, elsewhere } = checkReferences(graph, own, log)
  checkRelationships(graph, log)
  checkCycles(graph, log)
  checkOfficialIds(graph, context.attack, log)
  if (own) checkOwnIds(graph, log)
  for (const id of context.platforms) findPlatform(id)?.check(graph, log)
  log.finish()

  if (own) checkBundleId(bundle, graph, context)
  if (custom !== undefined) context.reportAt('/objects', 'verify/custom', { message: custom })
  if (elsewhere > 0) {
    context.reportAt('/objects', 'verify/technique-elsewhere', {
      message: `${countNoun(elsewhere, 'reference')} to techniques that are not in the bundle`,
    })
  }
  if (forward > 0 && context.platforms.length > 0) {
    context.reportAt('/objects', 'verify/platform-order', {
      message: `${countNoun(forward, 'reference')} to objects that come later in the bundle`,
    })
  }
  if (own) await context.checkRows(document)
  const relationships = objects.reduce<number>((sum, object) => sum + (textOf(object, 'type') === 'relationship' ? 1 : 0), 0)
  return { objects: objects.length, relationships }
}

/** Checks the properties of the bundle itself (STIX 2.1, section 8). */
function checkFrame(bundle: TreeValue | undefined, { reportAt }: ValidationContext): void {
  if (textOf(bundle, 'type') !== 'bundle') reportAt('/type', 'verify/schema', { message: 'The type of a bundle must be "bundle"' })
  const id = fieldOf(bundle, 'id') ?? null
  if (typeof id !== 'string' || typeInId(id) !== 'bundle') {
    reportAt('/id', 'verify/schema', { message: 'The id of a bundle must be "bundle--" followed by a UUID', found: showValue(id) })
  }
  const version = fieldOf(bundle, 'spec_version')
  if (version !== undefined && version !== '2.0' && version !== '2.1') {
    reportAt('/spec_version', 'verify/schema', {
      message: 'Unknown STIX version', found: showValue(version), expected: '"2.0", or no spec_version in STIX 2.1 bundles',
    })
  }
  const objects = fieldOf(bundle, 'objects')
  // The property is optional, but lists must not be empty (STIX 2.1, section 2.12).
  if (objects === undefined) reportAt('', 'verify/doubtful', { message: 'The bundle contains no objects' })
  else if (!Array.isArray(objects)) reportAt('/objects', 'verify/schema', { message: 'The objects of a bundle must be a list' })
  else if (objects.length === 0) reportAt('/objects', 'verify/schema', { message: 'The list of objects is empty' })
}

function checkBundleId(bundle: TreeValue | undefined, graph: BundleGraph, { reportAt }: ValidationContext): void {
  const [id, expected] = [textOf(bundle, 'id'), deriveBundleId(graph)]
  if (expected === undefined || id === expected) return
  reportAt('/id', 'verify/meaning', {
    message: 'The id of the bundle differs from the one that Crosswalk derives from its groupings', found: showValue(id ?? null),
    expected,
  })
}
