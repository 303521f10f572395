import type { Framework } from '../../frameworks/framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { CapabilityRef } from '../../model/mapping.js'

/** Makes a capability of the words that name it in notes. */
type NameCapability = (words: string) => CapabilityRef

/**
 * A capability is what the notes call it. Where the words begin or end with an id of the framework that the user names
 * ("AC-2 Account Management", "Account Management (AC-2)"), that is its id, and the rest its name; else the words are the id.
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
  const pattern = framework.tellingId ?? framework.capabilityId
  return known.longestPrefix(text, framework.id)?.length ?? pattern?.exec(text)?.[0].length
}

function describe(id: string, rest: string): CapabilityRef {
  const description = rest.replace(/^[\s:,–—-]{1,8}/, '').trim()
  return description === '' ? { id } : { id, description }
}

/** No capability is called by more characters: what is longer is prose. */
const LONGEST = 120

/** Words that announce techniques, or say something of the notes, and name no capability. Letters and digits only. */
const announcements: ReadonlySet<string> = new Set([
  'addresses', 'background', 'blocks', 'counters', 'coverage', 'covers', 'defendsagainst', 'description', 'details',
  'detects', 'eg', 'evidence', 'example', 'examples', 'helpsagainst', 'id', 'ids', 'ie', 'introduction', 'limits',
  'mapping', 'mappings', 'mapsto', 'mitigates', 'note', 'notes', 'overview', 'prevents', 'protectsagainst', 'rationale',
  'remark', 'remarks', 'results', 'see', 'seealso', 'stops', 'summary', 'todo',
])

const references: ReadonlySet<string> = new Set([
  'bibliography', 'citations', 'externallinks', 'footnotes', 'furtherreading', 'links', 'literature', 'references',
  'seealso', 'sources',
])

/** Whether words can name a capability: few, with a letter in them, and none that only announce techniques. */
export function canNameCapability(words: string): boolean {
  if (words.length > LONGEST || !/\p{L}/u.test(words)) return false
  return !announcements.has(fold(words)) && !/\b(?:techniques?|tactics?|att&ck|mitre)\b/i.test(words)
}

/** Whether a heading stands over a list of references. */
export function headsReferences(heading: string): boolean {
  return references.has(fold(heading))
}

function fold(words: string): string {
  return words.length > LONGEST ? '' : words.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
