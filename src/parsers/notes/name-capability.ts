import type { Framework } from '../../frameworks/framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import { foldName } from '../../model/text.js'
import type { CapabilityRef } from '../../model/mapping.js'

/** Converts the words that name a capability in notes. */
type NameCapability = (words: string) => CapabilityRef

/**
 * Creates the converter of capability names. If the words begin or end with an id of the framework stated by the user
 * ("AC-2 Account Management", "Account Management (AC-2)"), that is the id and the rest the description; else the words are the
 * id.
 */
export function createCapabilityNamer(framework: Framework | undefined, known: KnownCapabilities): NameCapability {
  const named = new Map<string, CapabilityRef>()
  return (words) => {
    const ready = named.get(words) ?? (framework && findId(words, framework, known)) ?? { id: words }
    named.set(words, ready)
    return ready
  }
}

function findId(words: string, framework: Framework, known: KnownCapabilities): CapabilityRef | undefined {
  const length = idLength(words, framework, known)
  if (length !== undefined) return describe(words.slice(0, length), words.slice(length))
  // "AC-2: Account Management"
  const colon = words.search(/[:,] /)
  const head = colon > 0 ? words.slice(0, colon) : ''
  if (head !== '' && idLength(head, framework, known) === colon) return describe(head, words.slice(colon + 1))
  const open = words.endsWith(')') ? words.lastIndexOf(' (') : -1
  const inner = open > 0 ? words.slice(open + 2, -1) : ''
  return inner !== '' && idLength(inner, framework, known) === inner.length ? describe(inner, words.slice(0, open)) : undefined
}

function idLength(text: string, framework: Framework, known: KnownCapabilities): number | undefined {
  const pattern = framework.distinctiveId ?? framework.capabilityId
  return known.longestPrefix(text, framework.id)?.length ?? pattern?.exec(text)?.[0].length
}

function describe(id: string, rest: string): CapabilityRef {
  const description = rest.replace(/^[\s:,–—-]{1,8}/, '').trim()
  return description === '' ? { id } : { id, description }
}

/** Maximum length of a capability name, in characters; longer text is prose. */
const LONGEST = 120

/** Words that introduce techniques or parts of the notes and name no capability, folded to letters and digits. */
const announcements: ReadonlySet<string> = new Set([
  'addresses', 'background', 'blocks', 'counters', 'coverage', 'covers', 'defendsagainst', 'description', 'details',
  'detects', 'eg', 'evidence', 'example', 'examples', 'helpsagainst', 'id', 'ids', 'ie', 'introduction', 'limits',
  'mapping', 'mappings', 'mapsto', 'mitigates', 'note', 'notes', 'overview', 'prevents', 'protectsagainst', 'rationale',
  'remark', 'remarks', 'results', 'see', 'seealso', 'stops', 'summary', 'todo',
])

/** Headings of reference lists, folded to letters and digits. */
const references: ReadonlySet<string> = new Set([
  'bibliography', 'citations', 'externallinks', 'footnotes', 'furtherreading', 'links', 'literature', 'references',
  'seealso', 'sources',
])

/** Whether words can name a capability: short, with at least one letter, and not merely introducing techniques. */
export function canNameCapability(words: string): boolean {
  if (words.length > LONGEST || !/\p{L}/u.test(words)) return false
  return !announcements.has(fold(words)) && !/\b(?:techniques?|tactics?|att&ck|mitre)\b/i.test(words)
}

/** Whether a heading introduces a list of references. */
export function headsReferences(heading: string): boolean {
  return references.has(fold(heading))
}

function fold(words: string): string {
  return words.length > LONGEST ? '' : foldName(words)
}
