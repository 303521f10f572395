import { attackId } from '../../attack/bundle/stix-object.js'
import type { TreeObject } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { stated } from '../../model/stated.js'
import { type BundleEntry, labelsOf, objectsOf, textOf } from './bundle-index.js'

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

/** What the description of one of our capabilities says; src/emitters/stix builds it. */
interface SplitDescription {
  readonly name?: string
  readonly description?: string
  /** "AWS 12/12/2024" */
  readonly release?: string
  /** What is said of rows that map the capability to nothing. */
  readonly rest?: string
}

/**
 * Takes a capability's description apart: name, longer text, "AC-2 of NIST 800-53 rev5, group Access Control", rows; with
 * blank lines between. All of it is a longer text where the line with the id is missing.
 */
function splitDescription(text: string, id: string): SplitDescription {
  if (text === '') return {}
  const blocks = text.split('\n\n')
  const place = blocks.findIndex((block) => block.startsWith(`${id} of `))
  const line = blocks[place]
  if (line === undefined) return { description: text }
  const [release] = line.slice(id.length + ' of '.length).split(', group ', 1)
  const [name, ...longer] = blocks.slice(0, place)
  const rest = blocks.slice(place + 1)
  return stated({
    name,
    description: longer.length === 0 ? undefined : longer.join('\n\n'),
    release,
    rest: rest.length === 0 ? undefined : rest.join('\n\n'),
  })
}

/** A framework's name and version, as far as a text tells them apart. */
interface NamedRelease {
  readonly name: string
  readonly version?: string
}

/** More words than a framework's name has; texts may be hostile. */
const MOST_WORDS = 30

/** "NIST 800-53 rev5" of the framework nist_800_53: the words that make its id are its name, the rest is the version. */
export function splitRelease(text: string, frameworkId: string): NamedRelease {
  const words = text.trim().split(/\s+/, MOST_WORDS)
  for (let count = words.length; count > 0; count -= 1) {
    const name = words.slice(0, count).join(' ')
    if (describeFramework(name).id !== frameworkId) continue
    const version = words.slice(count).join(' ')
    return version === '' ? { name } : { name, version }
  }
  return { name: text.trim() }
}

/** A source's name with a version behind it: "NIST 800-53 Revision 4" is NIST 800-53, rev4. */
function splitSourceName(text: string): NamedRelease {
  const [, revised, revision] = /^(\S.{0,100}?) (?:revision|rev\.?) ?(\d{1,3})$/i.exec(text) ?? []
  if (revised !== undefined && revision !== undefined) return { name: revised, version: `rev${revision}` }
  const [, named, version] = /^(\S.{0,100}?) v(?:ersion )?(\d{1,3}(?:\.\d{1,3}){0,3})$/i.exec(text) ?? []
  return named === undefined || version === undefined ? { name: text } : { name: named, version }
}
