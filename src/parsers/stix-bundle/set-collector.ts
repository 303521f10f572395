import type { DocumentFile } from '../../formats/decoded.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import type { BundleCapability } from './read-capability.js'
import type { LabelledSet } from './read-groupings.js'

/** Gathers rows and capabilities into sets of one framework release and ATT&CK release each. */
export interface SetCollector {
  /** Lists a capability in its set, whether or not a row names it. */
  list(target: LabelledSet, capability: BundleCapability): void
  add(target: LabelledSet, capability: BundleCapability, mapping: Mapping): void
  /** The sets, in order of appearance. */
  build(file: DocumentFile, parser: string): readonly MappingSet[]
}

interface Draft {
  readonly target: LabelledSet
  readonly capabilities: Map<string, BundleCapability>
  readonly mappings: Mapping[]
}

/** Creates a collector without sets. */
export function createSetCollector(): SetCollector {
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
    build: (file, parser) => Array.from(drafts.values(), (draft) => buildSet(draft, file, parser)),
  }
}

function buildSet({ target, capabilities, mappings }: Draft, file: DocumentFile, parser: string): MappingSet {
  const { framework, attack, about } = target
  const listed = Array.from(capabilities.values())
  return createMappingSet({
    framework,
    attack,
    about,
    groups: listed.flatMap(({ groups }) => groups.map((group) => ({ id: group, name: group }))),
    capabilities: listed.map(({ id, name, description, groups }) => ({ id, groups, ...stated({ name, description }) })),
    mappings,
    sources: [{ name: file.name, sha256: file.sha256, parser, rows: mappings.length }],
  })
}
