import { foldName } from '../model/text.js'
import { unknownFramework } from '../model/mapping-set.js'
import { dialectFrameworks } from './dialect-frameworks.js'
import { type Framework, mitigationShape } from './framework.js'
import { frameworks } from './frameworks.js'
import type { KnownCapabilities } from './known-capabilities.js'

/** Longest id derived from a label: ids are part of file names. */
const LONGEST_ID = 60

/**
 * The framework with this id or label. For an unknown one, a record derived from the label: "Example Controls v2" becomes
 * `example_controls_v2`, whose capabilities mitigate techniques.
 */
export function describeFramework(label: string): Framework {
  const known = frameworkByLabel(label)
  if (known) return known
  const name = label.trim()
  return {
    id: foldId(name),
    name: name === '' ? unknownFramework.name : name,
    labels: name === '' ? [] : [name],
    relations: [],
    stix: mitigationShape,
  }
}

function foldId(name: string): string {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}-]+/u).filter((word) => word !== '')
  return words.join('_').slice(0, LONGEST_ID) || unknownFramework.id
}

/** The framework that a heading, menu entry or badge names, ignoring case and punctuation; undefined if unknown. */
export function frameworkByLabel(label: string): Framework | undefined {
  return byLabel.get(foldName(label))
}

const byLabel = new Map(
  [...frameworks, ...dialectFrameworks].flatMap((framework) => [framework.id, framework.name, ...framework.labels]
    .map((label) => [foldName(label), framework] as const)),
)

/** The share of a document's ids that must be of one framework for all ids to be assigned to it. */
const MAJORITY = 0.9

/**
 * Detects the framework of each capability id of a document, by known ids and by the form of ids; undefined for ids of no
 * framework. If nearly all ids are of one framework, the others are assumed to be misspelt ids of the same.
 */
export function detectFrameworks(ids: ReadonlySet<string>, known: KnownCapabilities): (id: string) => string | undefined {
  const counts = new Map<string, number>()
  const owners = new Map<string, string | undefined>()
  for (const id of ids) {
    const owner = ownerOf(id, known)
    owners.set(id, owner)
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  }
  const main = Array.from(counts).find(([, count]) => count >= ids.size * MAJORITY)?.[0]
  return (id) => main ?? owners.get(id)
}

function ownerOf(id: string, known: KnownCapabilities): string | undefined {
  const prefix = known.longestPrefix(id)
  if (prefix?.length === id.length) {
    const names = new Set(prefix.owners.map(({ framework }) => framework))
    if (names.size === 1) return prefix.owners[0]?.framework
  }
  return frameworks.find(({ capabilityId }) => capabilityId?.test(id))?.id
}
