import type { FileReader } from '../reading/file-reader.js'
import type { BundleEntry, BundleIndex } from './bundle-index.js'
import { isWithdrawn } from './object-fields.js'
import type { FindTechnique } from './find-technique.js'
import { readCapability, type BundleCapability } from './read-capability.js'
import { capabilityTypes, type MappingRelationship } from './sort-relationships.js'

/** A capability and its object; the bundle may lack it. */
export interface ListedCapability {
  readonly capability: BundleCapability
  readonly entry?: BundleEntry
}

/**
 * The capabilities of a bundle by their STIX ids: its controls, whether mapped or not, and whatever else a relationship maps.
 * Those that relationships name and the bundle lacks are named by their STIX ids, and counted.
 */
export function listCapabilities(
  bundle: BundleIndex, claimed: ReadonlySet<string>, relationships: readonly MappingRelationship[], find: FindTechnique,
  isMapex: boolean, reader: FileReader,
): ReadonlyMap<string, ListedCapability> {
  const mapped = new Map<string, BundleEntry>()
  for (const { capability, entry } of relationships) if (!mapped.has(capability)) mapped.set(capability, entry)
  const listed = new Map<string, ListedCapability>()
  for (const entry of bundle.values()) {
    if (!capabilityTypes.has(entry.type)) continue
    if (!mapped.has(entry.id)) {
      if (entry.type === 'attack-pattern' && find(entry.id)) continue
      if (claimed.has(entry.id)) continue
      if (isWithdrawn(entry)) {
        reader.count('parse/withdrawn-object', entry.type, entry.pointer)
        continue
      }
    }
    const capability = readCapability(entry, isMapex)
    // Other vocabularies' entries and vulnerabilities that nothing maps may stand in a bundle for any reason.
    const isListed = mapped.has(entry.id) || entry.type === 'course-of-action' || capability.isOurs
    if (isListed) listed.set(entry.id, { capability, entry })
  }
  reportLacking([...mapped].filter(([id]) => !bundle.has(id)), reader)
  for (const id of mapped.keys()) {
    if (!bundle.has(id)) listed.set(id, { capability: { id, groups: [], isOurs: false } })
  }
  return listed
}

function reportLacking(lacking: readonly (readonly [string, BundleEntry])[], reader: FileReader): void {
  const [first] = lacking
  if (!first) return
  const [id, relationship] = first
  reader.report('parse/object-elsewhere', relationship.pointer, {
    message: `${lacking.length} objects that relationships map are not in this bundle; they are named by their STIX ids`,
    found: id,
    count: lacking.length,
    hint: 'They are in another bundle, such as the -controls.json beside a -mappings.json: put the objects of both into one.',
  })
}
