import { type DocumentFile, isObject, type TreeDocument, type TreeValue } from '../../formats/decoded.js'
import { type Detection, detectFrameworks } from '../../frameworks/detect-frameworks.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import { createMappingSet, type FrameworkRelease, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { type FileReader, reportGuesses, reportUnknownFramework } from '../reading/file-reader.js'
import { type BundleIndex, findElsewhere, listFiles, reportElsewhere, textOf } from './bundle-index.js'
import { type LabelledSet, readBundleRelease, readGroupings } from './labelled-sets.js'
import { type BundleCapability, mitigationsFramework } from './read-capability.js'
import { type BundleRow, mapexRelation, readRows } from './read-rows.js'
import { createTechniqueFinder, listCapabilities, type ListedCapability, sortRelationships } from './sort-bundle.js'

/** The mapping sets of a bundle that are not in Crosswalk's extension: from relationships, names, references and labels. */
export async function readForeignSets(
  bundle: BundleIndex, claimed: ReadonlySet<string>, document: TreeDocument, context: ParseContext, reader: FileReader,
): Promise<readonly MappingSet[]> {
  const elsewhere = await findElsewhere(bundle, context)
  reportElsewhere(elsewhere, reader)
  const find = createTechniqueFinder(bundle, elsewhere, context.attack, reader)
  const relationships = sortRelationships(bundle, elsewhere, claimed, find, reader)
  const capabilities = listCapabilities(bundle, elsewhere, claimed, relationships, find, isMapex(document.value, bundle), reader)
  if (capabilities.size === 0) return []
  const { frameworkOf, detection } = await createFrameworkFinder(capabilities, context)
  const { statements } = context
  const wanted = statements.framework === undefined ? undefined : describeFramework(statements.framework).id
  const groupings = readGroupings(bundle, claimed)
  const { attack, about } = readBundleRelease(bundle)
  const collector = createSetCollector()

  for (const listed of capabilities.values()) {
    // The capabilities and rows of other documents are read with them.
    if (listed.entry?.elsewhere) continue
    const target = targetOf(listed, undefined)
    if (listed.entry?.type === 'course-of-action' || listed.capability.isOurs) collector.list(target, listed.capability)
    if (listed.entry) addRows(readRows(listed.entry, listed.capability, undefined, undefined, reader), listed, listed.entry.id)
  }
  for (const { entry, capability: id, technique } of relationships) {
    const listed = capabilities.get(id)
    if (!listed) continue
    addRows(readRows(entry, listed.capability, technique, frameworkOf(listed)?.id ?? wanted, reader), listed, entry.id)
  }
  const sets = collector.build([document.file, ...listFiles(elsewhere)], 'stix-bundle')
  if (wanted === undefined) reportFrameworks(sets, detection, context)
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
    const framework = frameworkOf(listed) ?? unknownFramework
    if (framework.id !== mitigationsFramework.id) return { title: '', framework, attack, about: {} }
    return { title: '', framework: { ...framework, ...stated({ version: attack.version }) }, attack, about }
  }
}

/** Reports frameworks that were detected, and rows whose framework is unknown. */
function reportFrameworks(sets: readonly MappingSet[], detection: Detection | undefined, { report }: ParseContext): void {
  if (detection) reportGuesses(detection, (id) => originOf(sets.find(({ framework }) => framework.id === id)), report)
  const unknown = sets.filter(({ framework }) => framework.id === unknownFramework.id)
  const count = unknown.reduce((sum, { mappings }) => sum + mappings.length, 0)
  if (unknown.length > 0) reportUnknownFramework(count, detection ?? {}, originOf(unknown[0]), report)
}

function originOf(set: MappingSet | undefined): Origin | undefined {
  return set?.mappings[0]?.origins[0]
}

/** Finds each capability's framework: the one that the bundle states, or else one detected from the ids. */
async function createFrameworkFinder(capabilities: ReadonlyMap<string, ListedCapability>, { statements }: ParseContext): Promise<{
  readonly frameworkOf: (listed: ListedCapability) => FrameworkRelease | undefined
  readonly detection: Detection | undefined
}> {
  const unstated = [...capabilities.values()]
    .filter(({ capability, entry }) => capability.framework === undefined && entry !== undefined)
    .map(({ capability }) => capability.id)
  const isNeeded = unstated.length > 0 && statements.framework === undefined
  const detection = isNeeded ? detectFrameworks(new Set(unstated), await loadKnownCapabilities()) : undefined
  return { frameworkOf, detection }

  function frameworkOf({ capability, entry }: ListedCapability): FrameworkRelease | undefined {
    // A CVE reference states the kind of id; the user may know that the mappings are of KEV.
    const isOpen = statements.framework !== undefined && capability.framework === 'cve' && !capability.isOurs
    const label = isOpen ? undefined : (capability.framework ?? (entry && detection?.frameworkOf(capability.id)))
    if (label === undefined) return undefined
    const { id, name } = label === mitigationsFramework.id ? mitigationsFramework : describeFramework(label)
    return { id, name, ...stated({ version: capability.frameworkVersion }) }
  }
}

/**
 * Whether mapex wrote the bundle, or Crosswalk with its profile `mapex`. mapex writes `spec_version` and `created`, which bundles
 * of STIX 2.1 do not have; both write mapping types with hyphens for underscores.
 */
function isMapex(document: TreeValue, bundle: BundleIndex): boolean {
  if (isObject(document) && document.spec_version === '2.1' && typeof document.created === 'string') return true
  return Array.from(bundle.values()).some(({ type, value }) => {
    const relation = type === 'relationship' ? textOf(value, 'relationship_type') : undefined
    return relation !== undefined && mapexRelation(relation) !== undefined
  })
}

/** Collects rows and capabilities into one set per framework release and ATT&CK release. */
interface SetCollector {
  /** Adds a capability to a set, whether or not a row names it. */
  list(target: LabelledSet, capability: BundleCapability): void
  add(target: LabelledSet, capability: BundleCapability, mapping: Mapping): void
  /** The sets, in order of appearance. The rows are in the first document; the others contain objects that they map. */
  build(files: readonly DocumentFile[], parser: string): readonly MappingSet[]
}

interface Draft {
  readonly target: LabelledSet
  readonly capabilities: Map<string, BundleCapability>
  readonly mappings: Mapping[]
}

/** Creates an empty collector. */
function createSetCollector(): SetCollector {
  const drafts = new Map<string, Draft>()

  function draftOf(target: LabelledSet): Draft {
    const key = JSON.stringify([target.title, target.framework.id, target.framework.version, target.attack])
    const draft = drafts.get(key) ?? { target, capabilities: new Map<string, BundleCapability>(), mappings: [] }
    drafts.set(key, draft)
    return draft
  }

  function list(target: LabelledSet, capability: BundleCapability): Draft {
    const draft = draftOf(target)
    if (!draft.capabilities.has(capability.id)) draft.capabilities.set(capability.id, capability)
    return draft
  }

  return {
    list: (target, capability) => void list(target, capability),
    add: (target, capability, mapping) => void list(target, capability).mappings.push(mapping),
    build: (files, parser) => Array.from(drafts.values(), (draft) => buildSet(draft, files, parser)),
  }
}

function buildSet({ target, capabilities, mappings }: Draft, files: readonly DocumentFile[], parser: string): MappingSet {
  const { framework, attack, about } = target
  const listed = Array.from(capabilities.values())
  return createMappingSet({
    framework,
    attack,
    about,
    groups: listed.flatMap(({ groups }) => groups.map((group) => ({ id: group, name: group }))),
    capabilities: listed.map(({ id, name, description, groups }) => ({ id, groups, ...stated({ name, description }) })),
    mappings,
    sources: files.map(({ name, sha256 }, index) => ({ name, sha256, parser, rows: index === 0 ? mappings.length : 0 })),
  })
}
