import type { Framework } from '../../frameworks/framework.js'
import type { KnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { CapabilityRef } from '../../model/mapping.js'

/** Makes a capability of the words that name it in notes. */
export type NameCapability = (words: string) => CapabilityRef

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
