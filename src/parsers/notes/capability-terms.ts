import { foldName } from '../../model/text.js'
import { findMentions } from './find-mentions.js'
import { leadingBoldEnd, plainText, splitCells } from './line-shapes.js'
import { canNameCapability } from './name-capability.js'
import type { NoteItem, NoteSpan, NoteTable } from './note-block.js'
import type { TechniqueNames } from './note-text.js'

/** Capability names in list items. */
interface ItemTerms {
  /** Leading term of the item, else of the nearest enclosing item, which may be a term as a whole. */
  termOf(item: NoteItem): string | undefined
}

/** Creates the terms of a document's items. Each item is read once. */
export function createItemTerms(names: TechniqueNames): ItemTerms {
  const inherited = new Map<NoteItem, string | undefined>()
  return { termOf: (item) => leadingTerm(item) ?? (item.parent && inherit(item.parent)) }

  /** Term that applies to the items nested in an item. Not recursive: lists may be nested to any depth. */
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

  /** A technique name before its id ("PowerShell: T1059.001") is not a capability. */
  function leadingTerm({ span }: NoteItem): string | undefined {
    const term = readLeadingTerm(span.text)
    return term === undefined || isTechniqueName(term, span.text, names) ? undefined : term
  }
}

/** Whether a term is the name of a technique whose id is in the first 1,000 characters of the text. */
function isTechniqueName(term: string, text: string, names: TechniqueNames): boolean {
  return findMentions(text.slice(0, 1000)).ids.some(({ kind, id }) => kind === 'technique' && names.isNameOf(id, term))
}

/** Maximum length of a term with its markup, in characters. */
const REACH = 240

/**
 * Leading term of a list item: bold text ("**MFA** stops …"), or the text before a colon or an arrow ("MFA: …", "MFA -> …").
 * Undefined if it contains an ATT&CK id or cannot name a capability.
 */
function readLeadingTerm(text: string): string | undefined {
  const head = text.slice(0, REACH)
  const term = boldTerm(head) ?? plainTerm(head)
  return term !== undefined && isTerm(term) ? term : undefined
}

/** The text of an enclosing item, if it is a term as a whole: "MFA", "MFA:". */
function readWholeTerm(text: string): string | undefined {
  if (text.length > REACH) return undefined
  const term = trimTerm(plainText(text))
  return isTerm(term) && !/[.!?]$/.test(term) ? term : undefined
}

function boldTerm(head: string): string | undefined {
  const end = leadingBoldEnd(head)
  return end === undefined ? undefined : trimTerm(plainText(head.slice(2, end)))
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

/** Capability names in table rows. */
interface RowTerms {
  termOf(span: NoteSpan, table: NoteTable): string | undefined
}

/** Titles of capability columns, folded to letters and digits. */
const capabilityTitles: ReadonlySet<string> = new Set([
  'capability', 'capabilityid', 'control', 'controlid', 'controls', 'countermeasure', 'defence', 'defense', 'measure',
  'mitigation', 'product', 'safeguard', 'securitycontrol', 'tool',
])

/** Titles of first columns that contain no capabilities. */
const otherTitles: ReadonlySet<string> = new Set([
  'date', 'id', 'name', 'no', 'nr', 'priority', 'severity', 'status', 'techniquename',
])

/**
 * Creates the terms of a document's table rows. The capability is in the column with such a title, else in the first column
 * unless that names a technique or has another title. An empty cell repeats the one above.
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
  const folded = titles.map((title) => foldName(plainText(title)))
  const titled = folded.findIndex((title) => capabilityTitles.has(title))
  if (titled >= 0) return titled
  const [first = ''] = folded
  return first === '' || (!otherTitles.has(first) && canNameCapability(titles[0] ?? '')) ? 0 : undefined
}
