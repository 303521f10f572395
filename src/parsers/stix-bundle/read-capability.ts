import { attackId } from '../../attack/bundle/stix-object.js'
import type { TreeObject } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { stated } from '../../model/stated.js'
import { objectsOf } from '../reading/read-text.js'
import { type BundleEntry, labelsOf, textOf } from './bundle-index.js'
import { ownIds, recogniseMitigation } from './recognise-technique.js'

/** A capability as its STIX object describes it. */
export interface BundleCapability {
  readonly id: string
  readonly name?: string
  readonly description?: string
  readonly groups: readonly string[]
  /** The framework's id or name, if the object states one. */
  readonly framework?: string
  readonly frameworkVersion?: string
  /** Text about the rows that map it to nothing, as the profile `opencti` writes it. */
  readonly unmapped?: string
  /** Crosswalk wrote it without the extension: its rows are in labels and description, not in the relationship's type. */
  readonly isOurs: boolean
}

/** ATT&CK's mitigations as a framework. The name is Crosswalk's: ATT&CK does not name them as one. */
export const mitigationsFramework = { id: 'attack-mitigations', name: 'ATT&CK Mitigations' } as const

const mitigationId = /^[MT]\d{4}(?:\.\d{3})?$/

/** Reads a control, product, vulnerability or entry of another vocabulary. `isMapex`: mapex wrote the bundle. */
export function readCapability(entry: BundleEntry, isMapex: boolean): BundleCapability {
  const { value } = entry
  const [label] = labelsOf(value, 'framework:')
  if (label !== undefined) return readOurs(entry, label)
  const name = textOf(value, 'name')
  const description = textOf(value, 'description')
  const family = textOf(value, 'x_mitre_family')
  const groups = family === undefined ? [] : [family]
  const mitigation = entry.type === 'course-of-action' ? (attackId(value, mitigationId) ?? recogniseMitigation(value)) : undefined
  if (mitigation !== undefined) {
    return { id: mitigation, ...stated({ name, description }), groups, framework: mitigationsFramework.id, isOurs: false }
  }
  const reference = findReference(value)
  const id = reference?.id ?? ownIds(value)[0] ?? name ?? entry.id
  // mapex writes ids as names, and the names of vulnerabilities as descriptions.
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

/** The external reference of the framework, or else the first that has an id. */
function findReference(value: TreeObject, framework?: string): { readonly id: string; readonly source: string } | undefined {
  const references = objectsOf(value.external_references).flatMap((reference) => {
    const id = textOf(reference, 'external_id')
    // The emitter prefixes source names that platforms reserve for MITRE's sources.
    const source = (textOf(reference, 'source_name') ?? '').replace(/^framework-(?=cve$|capec$|mitre)/i, '')
    return id === undefined ? [] : [{ id, source }]
  })
  return references.find(({ source }) => source === framework) ?? references[0]
}

/** Parts of a capability's description that src/emitters/stix writes. */
interface SplitDescription {
  readonly name?: string
  readonly description?: string
  /** "AWS 12/12/2024" */
  readonly release?: string
  /** Text about the rows that map the capability to nothing. */
  readonly rest?: string
}

/**
 * Splits a capability's description at blank lines: description, "Account Management is AC-2 of NIST 800-53 rev5, in the group Access
 * Control.", rows; if the name is itself a sentence: name, description, "AC-2 is an entry of NIST 800-53 rev5.", rows. Without the sentence
 * that names the id, the whole text is the description.
 */
function splitDescription(text: string, id: string): SplitDescription {
  if (text === '') return {}
  const blocks = text.split('\n\n')
  const places = blocks.map((block) => readPlace(block, id))
  const place = places.findIndex((found) => found !== undefined)
  const found = places[place]
  if (found === undefined) return { description: text }
  const before = blocks.slice(0, place)
  const [name, ...description] = found.name === undefined ? before : [found.name, ...before]
  const rest = blocks.slice(place + 1)
  return stated({
    name,
    description: description.length === 0 ? undefined : description.join('\n\n'),
    release: found.release,
    rest: rest.length === 0 ? undefined : rest.join('\n\n'),
  })
}

/** The name and the framework's release in the sentence that names a capability's id; undefined if the text is not that sentence. */
function readPlace(text: string, id: string): { readonly name?: string; readonly release: string } | undefined {
  const middle = ` is ${id} of `
  const at = text.endsWith('.') ? text.lastIndexOf(middle) : -1
  const start = `${id} is an entry of `
  if (at <= 0 && !text.startsWith(start)) return undefined
  const [release = ''] = text.slice(at > 0 ? at + middle.length : start.length, -1).split(/, in the groups? /, 1)
  return { release, ...stated({ name: at > 0 ? text.slice(0, at) : undefined }) }
}

/** A framework's name, and its version if the text states one. */
interface NamedRelease {
  readonly name: string
  readonly version?: string
}

/** Words that are examined: more than any framework's name and version have. */
const MOST_WORDS = 30

/** Splits "NIST 800-53 rev5" for nist_800_53: the leading words that give the framework's id are its name, the rest its version. */
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

/** Splits a source name that ends in a version: "NIST 800-53 Revision 4" is NIST 800-53, rev4. */
function splitSourceName(text: string): NamedRelease {
  const [, revised, revision] = /^(\S.{0,100}?) (?:revision|rev\.?) ?(\d{1,3})$/i.exec(text) ?? []
  if (revised !== undefined && revision !== undefined) return { name: revised, version: `rev${revision}` }
  const [, named, version] = /^(\S.{0,100}?) v(?:ersion )?(\d{1,3}(?:\.\d{1,3}){0,3})$/i.exec(text) ?? []
  return named === undefined || version === undefined ? { name: text } : { name: named, version }
}
