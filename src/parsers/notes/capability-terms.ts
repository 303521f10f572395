import { findMentions } from './find-mentions.js'
import { plainText, splitCells } from './line-shapes.js'
import { canNameCapability } from './name-capability.js'
import type { NoteItem, NoteSpan, NoteTable } from './note-block.js'
import type { TechniqueNames } from './technique-names.js'

/** What the items of lists call capabilities. */
interface ItemTerms {
  /** The leading term of an item or else of the nearest item that it is nested in, which may be a term as a whole. */
  termOf(item: NoteItem): string | undefined
}

/** Creates the terms of a document's items. Each item is looked at once. */
export function createItemTerms(names: TechniqueNames): ItemTerms {
  const inherited = new Map<NoteItem, string | undefined>()
  return { termOf: (item) => leadingTerm(item) ?? (item.parent && inherit(item.parent)) }

  /** What an item says to those nested in it. No recursion: lists may be nested as deep as they like. */
  function inherit(from: NoteItem): string | undefined {
    const chain: NoteItem[] = []
    let term: string | undefined
    for (let item: NoteItem | undefined = from; item; item = item.parent) {
      if (inherited.has(item)) {
        term = inherited.get(item)
        break
      }
      chain.push(item)
    }
    for (const item of chain.toReversed()) {
      term = leadingTerm(item) ?? readWholeTerm(item.span.text) ?? term
      inherited.set(item, term)
    }
    return term
  }

  /** A technique's name before its id ("PowerShell: T1059.001") is no capability. */
  function leadingTerm({ span }: NoteItem): string | undefined {
    const term = readLeadingTerm(span.text)
    return term === undefined || isTechniqueName(term, span.text, names) ? undefined : term
  }
}

/** Whether a term is the name of a technique whose id stands near the beginning of the text. */
function isTechniqueName(term: string, text: string, names: TechniqueNames): boolean {
  return findMentions(text.slice(0, 1000)).ids.some(({ kind, id }) => kind === 'technique' && names.isNameOf(id, term))
}

/** How far a term reaches at most, with its marks. */
const REACH = 240

/**
 * The term that an item of a list leads with: strong text ("**MFA** stops …"), or what stands before a colon or an arrow
 * ("MFA: …", "MFA -> …"). Undefined where it names a technique, or cannot name a capability.
 */
function readLeadingTerm(text: string): string | undefined {
  const head = text.slice(0, REACH)
  const term = strongTerm(head) ?? plainTerm(head)
  return term !== undefined && isTerm(term) ? term : undefined
}

/** The whole of an item that others are nested in, where it is a term: "MFA", "MFA:". */
function readWholeTerm(text: string): string | undefined {
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

/** What the rows of tables call capabilities. */
interface RowTerms {
  termOf(span: NoteSpan, table: NoteTable): string | undefined
}

const capabilityTitles: ReadonlySet<string> = new Set([
  'capability', 'capabilityid', 'control', 'controlid', 'controls', 'countermeasure', 'defence', 'defense', 'measure',
  'mitigation', 'product', 'safeguard', 'securitycontrol', 'tool',
])

/** Titles over what is no capability, though it stand first. */
const otherTitles: ReadonlySet<string> = new Set([
  'date', 'id', 'name', 'no', 'nr', 'priority', 'severity', 'status', 'techniquename',
])

/**
 * The capability of a row stands in the column that is titled so, or else in the first, unless that names a technique or has
 * another title. A blank cell repeats the one above.
 */
export function createRowTerms(names: TechniqueNames): RowTerms {
  const columns = new Map<NoteTable, number | undefined>()
  const above = new Map<NoteTable, string>()
  return {
    termOf(span, table) {
      if (!columns.has(table)) columns.set(table, findColumn(table))
      const column = columns.get(table)
      if (column === undefined) return undefined
      const cell = splitCells(span.text)[column] ?? ''
      if (cell === '') return above.get(table)
      const words = plainText(cell)
      const isCapability = canNameCapability(words) && !isTechniqueName(words, span.text, names)
        && !findMentions(cell).ids.some(({ kind }) => kind !== 'elsewhere')
      if (!isCapability) return undefined
      above.set(table, words)
      return words
    },
  }
}

function findColumn({ titles }: NoteTable): number | undefined {
  const folded = titles.map((title) => plainText(title).toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ''))
  const titled = folded.findIndex((title) => capabilityTitles.has(title))
  if (titled >= 0) return titled
  const [first = ''] = folded
  return first === '' || (!otherTitles.has(first) && canNameCapability(titles[0] ?? '')) ? 0 : undefined
}
