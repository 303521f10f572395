import { attackId } from '../../attack/bundle/attack-id.js'
import type { TreeObject } from '../../formats/tree-value.js'
import { stated } from '../../model/stated.js'
import type { BundleEntry } from './bundle-index.js'
import { labelsOf, objectsOf, textOf } from './object-fields.js'
import { splitDescription } from './split-description.js'
import { splitRelease, splitSourceName } from './split-release.js'

/** A capability as an object of a bundle tells it. */
export interface BundleCapability {
  readonly id: string
  readonly name?: string
  readonly description?: string
  readonly groups: readonly string[]
  /** The framework by id or name, where the object tells it. */
  readonly framework?: string
  readonly frameworkVersion?: string
  /** What is said of the rows that map it to nothing, as our profile `opencti` writes it. */
  readonly unmapped?: string
  /** Crosswalk wrote it, without the extension: labels and description say what a row states, not the relationship's type. */
  readonly isOurs: boolean
}

/** What ATT&CK's mitigations are called here; ATT&CK has no name for them as a framework. */
export const mitigationsFramework = { id: 'attack-mitigations', name: 'ATT&CK Mitigations' } as const

const mitigationId = /^[MT]\d{4}(?:\.\d{3})?$/

/** Reads the object of a control, product, vulnerability or other vocabulary's entry. `isMapex`: mapex wrote the bundle. */
export function readCapability(entry: BundleEntry, isMapex: boolean): BundleCapability {
  const { value } = entry
  const [label] = labelsOf(value, 'framework:')
  if (label !== undefined) return readOurs(entry, label)
  const name = textOf(value, 'name')
  const description = textOf(value, 'description')
  const family = textOf(value, 'x_mitre_family')
  const groups = family === undefined ? [] : [family]
  const mitigation = entry.type === 'course-of-action' ? attackId(value, mitigationId) : undefined
  if (mitigation !== undefined) {
    return { id: mitigation, ...stated({ name, description }), groups, framework: mitigationsFramework.id, isOurs: false }
  }
  const reference = findReference(value)
  const id = reference?.id ?? name ?? entry.id
  // mapex writes the ids of all as names, and the names of vulnerabilities as descriptions.
  const texts = isMapex ? { name: description } : { name: name === id ? undefined : name, description }
  const source = reference && splitSourceName(reference.source)
  return {
    id,
    ...stated({ ...texts, framework: isMapex ? undefined : source?.name, frameworkVersion: source?.version }),
    groups,
    isOurs: false,
  }
}

function readOurs({ id: stixId, value }: BundleEntry, framework: string): BundleCapability {
  const reference = findReference(value, framework)
  const id = reference?.id ?? textOf(value, 'name') ?? stixId
  const { name, description, release, rest } = splitDescription(textOf(value, 'description') ?? '', id)
  const frameworkVersion = release === undefined ? undefined : splitRelease(release, framework).version
  return {
    id,
    ...stated({ name, description, framework, frameworkVersion, unmapped: rest }),
    groups: labelsOf(value, 'group:'),
    isOurs: true,
  }
}

/** The external reference with an id: that of the framework, else the first. */
function findReference(value: TreeObject, framework?: string): { readonly id: string; readonly source: string } | undefined {
  const references = objectsOf(value, 'external_references').flatMap((reference) => {
    const id = textOf(reference, 'external_id')
    // The emitter keeps clear of names that platforms take for MITRE's.
    const source = (textOf(reference, 'source_name') ?? '').replace(/^framework-(?=cve$|capec$|mitre)/i, '')
    return id === undefined ? [] : [{ id, source }]
  })
  return references.find(({ source }) => source === framework) ?? references[0]
}
