import { type Framework, mitigationShape } from './framework.js'
import { frameworks } from './frameworks.js'
import type { KnownCapabilities } from './known-capabilities.js'

/** The longest id that is made up: ids stand in file names. */
const LONGEST_ID = 60

/**
 * What is known of the framework with this id or label, or, for one that nobody told us of, a record made up from it:
 * "Example Controls v2" becomes `example_controls_v2`, whose capabilities mitigate techniques.
 */
export function describeFramework(label: string): Framework {
  const known = frameworkByLabel(label)
  if (known) return known
  const name = label.trim()
  return {
    id: foldId(name),
    name: name === '' ? 'Unknown' : name,
    labels: name === '' ? [] : [name],
    relations: [],
    stix: mitigationShape,
  }
}

function foldId(name: string): string {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}-]+/u).filter((word) => word !== '')
  return words.join('_').slice(0, LONGEST_ID) || 'unknown'
}

/** The framework that a heading, menu entry or badge names; compared without case and punctuation. */
export function frameworkByLabel(label: string): Framework | undefined {
  return byLabel.get(foldLabel(label))
}

/** What counts when labels are compared: letters and digits. */
function foldLabel(label: string): string {
  return label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

const byLabel = new Map(
  frameworks.flatMap((framework) => [framework.id, framework.name, ...framework.labels]
    .map((label) => [foldLabel(label), framework] as const)),
)

/** How large a share of a document's ids must be of one framework for all to be taken for its own. */
const MAJORITY = 0.9

/**
 * Whose the capability ids of a document are, by their form and by the ids that are known; undefined for ids that belong to none. Where nearly
 * all are of one framework, the odd ones are taken for misspelt ones of the same.
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
