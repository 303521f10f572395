import { describeFramework } from '../../frameworks/describe-framework.js'
import { loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import { tellFrameworks } from '../../frameworks/tell-frameworks.js'
import type { TreeDocument, TreeValue } from '../../formats/decoded.js'
import { isObject } from '../../formats/tree-value.js'
import type { FrameworkRelease, MappingSet } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import { unknownFramework } from '../../model/unknown-framework.js'
import type { ParseContext } from '../parser.js'
import type { FileReader } from '../reading/file-reader.js'
import type { BundleIndex } from './bundle-index.js'
import { readBundleRelease } from './bundle-release.js'
import { createTechniqueFinder } from './find-technique.js'
import { mapexRelation } from './mapex-relation.js'
import { textOf } from './object-fields.js'
import { listCapabilities, type ListedCapability } from './list-capabilities.js'
import { mitigationsFramework } from './read-capability.js'
import { readGroupings, type LabelledSet } from './read-groupings.js'
import { readRows, type BundleRow } from './read-rows.js'
import { createSetCollector } from './set-collector.js'
import { sortRelationships } from './sort-relationships.js'

/** The sets that a bundle tells without our extension: by relationships, names, references and labels. */
export async function readForeignSets(
  bundle: BundleIndex, claimed: ReadonlySet<string>, document: TreeDocument, context: ParseContext, reader: FileReader,
): Promise<readonly MappingSet[]> {
  const find = createTechniqueFinder(bundle, context.attack)
  const relationships = sortRelationships(bundle, claimed, find, reader)
  const capabilities = listCapabilities(bundle, claimed, relationships, find, isMapex(document.value, bundle), reader)
  if (capabilities.size === 0) return []
  const frameworkOf = await createFrameworkTeller(capabilities, context)
  const { statements } = context
  const wanted = statements.framework === undefined ? undefined : describeFramework(statements.framework).id
  const groupings = readGroupings(bundle, claimed)
  const { attack, about } = readBundleRelease(bundle)
  const collector = createSetCollector()

  for (const listed of capabilities.values()) {
    const target = targetOf(listed, undefined)
    if (listed.entry?.type === 'course-of-action' || listed.capability.isOurs) collector.list(target, listed.capability)
    if (listed.entry) addRows(readRows(listed.entry, listed.capability, undefined, undefined, reader), listed, listed.entry.id)
  }
  for (const { entry, capability: id, technique } of relationships) {
    const listed = capabilities.get(id)
    if (!listed) continue
    addRows(readRows(entry, listed.capability, technique, frameworkOf(listed)?.id ?? wanted, reader), listed, entry.id)
  }
  const sets = collector.build(document.file, 'stix-bundle')
  for (const set of sets) {
    if (set.framework.id !== unknownFramework || wanted !== undefined) continue
    const [origin] = set.mappings[0]?.origins ?? []
    context.report('parse/unknown-framework', { ...(origin && { origin }), count: set.mappings.length })
  }
  return sets

  function addRows(rows: readonly BundleRow[], listed: ListedCapability, objectId: string): void {
    const owners = groupings.get(objectId) ?? []
    for (const { mapping, title } of rows) {
      const owner = owners.find((set) => set.title === title) ?? owners[0]
      collector.add(targetOf(listed, owner), listed.capability, mapping)
    }
  }

  function targetOf(listed: ListedCapability, owner: LabelledSet | undefined): LabelledSet {
    const set = owner ?? groupings.get(listed.entry?.id ?? '')?.[0]
    if (set) return set
    const framework = frameworkOf(listed) ?? { id: unknownFramework, name: 'Unknown' }
    if (framework.id !== mitigationsFramework.id) return { title: '', framework, attack, about: {} }
    return { title: '', framework: { ...framework, ...stated({ version: attack.version }) }, attack, about }
  }
}

/** Tells each capability's framework: as the bundle states it, else by the ids that are known. */
async function createFrameworkTeller(
  capabilities: ReadonlyMap<string, ListedCapability>, { statements }: ParseContext,
): Promise<(listed: ListedCapability) => FrameworkRelease | undefined> {
  const untold = [...capabilities.values()]
    .filter(({ capability, entry }) => capability.framework === undefined && entry !== undefined)
    .map(({ capability }) => capability.id)
  const isNeeded = untold.length > 0 && statements.framework === undefined
  const tell = isNeeded ? tellFrameworks(new Set(untold), await loadKnownCapabilities()) : () => undefined
  return ({ capability, entry }) => {
    // A reference to CVE tells the kind of id; the user may know that the mappings are KEV's.
    const isOpen = statements.framework !== undefined && capability.framework === 'cve' && !capability.isOurs
    const label = isOpen ? undefined : (capability.framework ?? (entry && tell(capability.id)))
    if (label === undefined) return undefined
    const { id, name } = label === mitigationsFramework.id ? mitigationsFramework : describeFramework(label)
    return { id, name, ...stated({ version: capability.frameworkVersion }) }
  }
}

/**
 * mapex writes properties that bundles of STIX 2.1 do not have. Our profile of that name does not: mapping types with a hyphen
 * in the place of an underscore tell both.
 */
function isMapex(document: TreeValue, bundle: BundleIndex): boolean {
  if (isObject(document) && document.spec_version === '2.1' && typeof document.created === 'string') return true
  return Array.from(bundle.values()).some(({ type, value }) => {
    const relation = type === 'relationship' ? textOf(value, 'relationship_type') : undefined
    return relation !== undefined && mapexRelation(relation) !== undefined
  })
}
