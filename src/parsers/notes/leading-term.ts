import { findMentions } from './find-mentions.js'
import { canNameCapability } from './naming-words.js'
import { plainText } from './plain-text.js'

/** How far a term reaches at most, with its marks. */
const REACH = 240

/**
 * The term that an item of a list leads with: strong text ("**MFA** stops …"), or what stands before a colon or an arrow
 * ("MFA: …", "MFA -> …"). Undefined where it names a technique, or cannot name a capability.
 */
export function readLeadingTerm(text: string): string | undefined {
  const head = text.slice(0, REACH)
  const term = strongTerm(head) ?? plainTerm(head)
  return term !== undefined && isTerm(term) ? term : undefined
}

/** The whole of an item that others are nested in, where it is a term: "MFA", "MFA:". */
export function readWholeTerm(text: string): string | undefined {
  if (text.length > REACH) return undefined
  const term = trimTerm(plainText(text))
  return isTerm(term) && !/[.!?]$/.test(term) ? term : undefined
}

function strongTerm(head: string): string | undefined {
  const [mark] = /^(?:\*\*|__)(?=[^\s*_])/.exec(head) ?? []
  const end = mark === undefined ? -1 : head.indexOf(mark, 2)
  return end < 0 ? undefined : trimTerm(plainText(head.slice(2, end)))
}

function plainTerm(head: string): string | undefined {
  const text = plainText(head)
  const end = text.search(/::? |::?$| (?:->|=>|→|⇒) /)
  return end <= 0 ? undefined : trimTerm(text.slice(0, end))
}

function trimTerm(term: string): string {
  return term.replace(/(?<![\s:–—-])[\s:–—-]{1,6}$/, '').trim()
}

function isTerm(term: string): boolean {
  return canNameCapability(term) && !findMentions(term).ids.some(({ kind }) => kind !== 'elsewhere')
}
