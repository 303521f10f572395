import { beginsWithKnownForm } from '../../frameworks/detect-frameworks.js'
import { foldSpace } from '../../model/text.js'
import { expandIds } from '../reading/expressions.js'

/** An id in a cell, with the name after it if there is one. `shape` is its form: "A-9" for AC-2, "9.9" for 4.1. */
export interface IdEntry {
  readonly id: string
  readonly shape: string
  readonly name?: string
  /** The id as it is written, if it is in small letters that its framework writes as capitals: "ac-2". */
  readonly written?: string
}

/**
 * The ids of a cell: codes with a digit ("AC-2 (1)", "4.1", "M1027", "PR.AC-1"), slugs ("aws_config") and paths of VERIS, separated
 * by commas, semicolons, bars, line ends, slashes, "&", "and" or spaces, each with its name ("AC-2 Account Management; AC-3").
 * Undefined if the cell contains anything else. Linear in the length of the text.
 */
export function readIds(text: string): readonly IdEntry[] | undefined {
  const expanded = expandIds(text)
  if (expanded) return expanded.map((id) => ({ id, shape: shapeOf(id) }))
  const entries: IdEntry[] = []
  for (const { text: segment, isComma, isTight } of splitSegments(withoutMarkup(text))) {
    const found = readSegment(segment)
    const last = entries.at(-1)
    if (!found) {
      // A name may contain commas: "AC-2 Roles, rights and duties".
      if (!isComma || last?.name === undefined) return undefined
      entries[entries.length - 1] = { ...last, name: `${last.name}, ${segment}` }
      continue
    }
    // "1,000" and "4,1" are numbers.
    if (isTight && last && isNumber(last) && found[0] && isNumber(found[0])) return undefined
    entries.push(...found)
  }
  return entries.length === 0 ? undefined : entries.map(inCapitals)
}

function inCapitals(entry: IdEntry): IdEntry {
  const { id } = entry
  const capital = id.toUpperCase()
  return /^[a-z]{2,4}-\d/.test(id) && beginsWithKnownForm(capital) ? { ...entry, id: capital, shape: shapeOf(capital), written: id } : entry
}

/** Whether an entry has a form of ids that only one framework, or ATT&CK's mitigations, has. */
export function hasKnownForm({ id }: IdEntry): boolean {
  return beginsWithKnownForm(id) || /^M\d{4}$/.test(id)
}

/** A text without what is around ids: brackets and quotes of lists as programs print them, line breaks of HTML, invisible characters. */
function withoutMarkup(text: string): string {
  const plain = text.replaceAll(/[\u200B-\u200D\u2060\uFEFF\u00AD`]/g, '').replaceAll(/<br ?\/?>/gi, '\n').replaceAll(/[，、]/g, ',').replaceAll('；', ';')
    .replaceAll(/(?<=[A-Z])[‐‑–](?=\d)/g, '-').trim()
  return /^\[[^[\]]*\]$/.test(plain) || /^\([^()]*\)$/.test(plain) ? plain.slice(1, -1) : plain
}

interface Segment {
  readonly text: string
  /** A comma is before it, perhaps without a space after it. */
  readonly isComma: boolean
  readonly isTight: boolean
}

function splitSegments(text: string): readonly Segment[] {
  const pieces = text.split(/([,;|\n])/)
  const segments: Segment[] = []
  for (let index = 0; index < pieces.length; index += 2) {
    const raw = pieces[index] ?? ''
    const piece = withoutBullet(foldSpace(raw))
    const isComma = pieces[index - 1] === ','
    if (piece !== '') segments.push({ text: piece, isComma, isTight: isComma && !raw.startsWith(' ') })
  }
  return segments
}

/** A segment without bullet or number, quotes, "and" before the last item, and full stop. */
function withoutBullet(segment: string): string {
  const bare = segment.replace(/^(?:(?:[•·▪*–—-]|\d{1,2}[.)]|(?:and|or|und|oder|&)) )(?=["']?[A-Z]+[-.\d])/i, '').replace(/(?<=\d\)?)[.…]+$/, '')
  return /^(["'])[^"']*\1$/.test(bare) ? bare.slice(1, -1).trim() : bare
}

/** Whatever may follow an id. */
const end = String.raw`(?![^\s/&+:)])`
const code = new RegExp(
  String.raw`(?:[A-Z]&[A-Z]-\d{2}|(?:[A-Z0-9]{1,12}(?:[-._][A-Za-z0-9]{1,12}){0,7}|[a-z]{1,8}(?:-\d{1,7}){1,2})(?: ?\(\d{1,3}\))?)${end}`, 'y',
)
const slug = new RegExp(String.raw`[a-z][a-z0-9-]{0,60}(?:_[a-z0-9()-]{1,60}){1,12}${end}`, 'y')
const path = /^(?:action|actor|asset|attribute|value_chain)\.[a-z_-]{1,40}\.[a-z_]{1,40}(?:\.|$)/i
const between = /\s*(?:[/&+]|(?:and|or|und|oder|et|ou|y|o)(?=\s))\s*|\s+/iy
const inParentheses = /^(.{1,200}) \(([^()]{1,40}(?:\(\d{1,3}\))?)\)$/

/** The ids at the start of a text without strong separators, and the name after the last of them. */
function readSegment(text: string): readonly IdEntry[] | undefined {
  if (path.test(text)) return [{ id: text, shape: 'path' }]
  const entries: IdEntry[] = []
  let at = 0
  for (;;) {
    const id = idAt(text, at)
    if (id === undefined) return readNameFirst(text)
    const entry = { id, shape: shapeOf(id) }
    if (isRange(entry)) return undefined
    entries.push(entry)
    at += id.length
    between.lastIndex = at
    const joint = between.exec(text)?.[0]
    const next = joint === undefined ? undefined : idAt(text, at + joint.length)
    if (joint === undefined || next === undefined || !isAlike(entry, next, joint)) break
    at += joint.length
  }
  return withName(entries, text.slice(at))
}

function withName(entries: readonly IdEntry[], rest: string): readonly IdEntry[] | undefined {
  const last = entries.at(-1)
  if (rest.trim() === '' || !last) return entries
  // "AC-2 / others" and "AC-2 to AC-6" are no id with a name.
  if (/^\s*(?:[/&+)]|\.\.|(?:and|or|to|und|oder|bis|through|et|ou)\s)/i.test(rest)) return undefined
  const name = rest.replace(/^[\s:–—-]{1,8}/, '').replace(/^\(([^()]*)\)$/, '$1')
  if (!/\p{L}{2}/u.test(name) || /^(?:etc|plus|see|siehe|usw|ff|as well as)\b/i.test(name) || mentionsAlike(name, last)) return undefined
  return [...entries.slice(0, -1), { ...last, name }]
}

/** "Account Management (AC-2)": only ids of a known form, since other texts in parentheses are part of a name. */
function readNameFirst(text: string): readonly IdEntry[] | undefined {
  const [, name, id = ''] = inParentheses.exec(text) ?? []
  const entry = { id, shape: shapeOf(id) }
  return name !== undefined && idAt(id, 0) === id && hasKnownForm(entry) ? [{ ...entry, name }] : undefined
}

function idAt(text: string, at: number): string | undefined {
  code.lastIndex = at
  const found = code.exec(text)?.[0]
  if (found !== undefined && /\d/.test(found)) return found
  slug.lastIndex = at
  return slug.exec(text)?.[0]
}

/** Whether a name has another id of the same form, outside parentheses: then the cell is a list that is not understood. */
function mentionsAlike(name: string, { shape }: IdEntry): boolean {
  const words = name.replaceAll(/\([^()]*\)/g, ' ').split(/[^A-Za-z0-9._()&-]+/)
  return words.some((word) => /\d/.test(word) && idAt(word, 0) === word && shapeOf(word) === shape)
}

/** The form of an id: runs of letters and digits by their kind, without an enhancement in parentheses. */
function shapeOf(id: string): string {
  const bare = id.replace(/ ?\(\d{1,3}\)$/, '')
  if (/^[a-z][a-z0-9-]*_/.test(bare)) return 'slug'
  return bare.replace(/^[A-Z]&[A-Z](?=-)/, 'A').replaceAll(/[A-Z]+/g, 'A').replaceAll(/[a-z]+/g, 'a').replaceAll(/\d+/g, '9')
}

/** "AC-2-AC-6" and "4.1-4.5" are ranges. */
function isRange({ shape }: IdEntry): boolean {
  const half = shape.slice(0, (shape.length - 1) / 2)
  return half.length > 1 && shape === `${half}-${half}`
}

/** Whether the id after a joint belongs to the same list: spaces alone separate only ids of one form. */
function isAlike(entry: IdEntry, next: string, joint: string): boolean {
  const shape = shapeOf(next)
  if (joint.trim() === '') return shape === entry.shape && shape !== '9'
  const isSame = shape.replace(/(?:\.9)+$/, '') === entry.shape.replace(/(?:\.9)+$/, '')
  return isSame && !(shape === '9' && entry.shape === '9')
}

function isNumber({ shape, name }: IdEntry): boolean {
  return shape === '9' && name === undefined
}

/**
 * Whether a text that was not split may be a list: parts between semicolons, bars or line ends, single words between commas, other
 * cells of the column between any separators, or an id of the column's form with something that is not its name. `shapes`: forms of the column's ids; `wholes`: its cells.
 */
export function looksLikeList(text: string, shapes: ReadonlySet<string>, wholes: ReadonlySet<string>): boolean {
  if (partsOf(text, /[;|\n]/).length > 1 || enhancements.test(text)) return true
  const items = partsOf(text, /,/)
  if (items.length > 1 && items.every((item) => !item.includes(' ') || wholes.has(item))) return true
  if (items.length > 1 && items.every((item) => /\d/.test(item))) return true
  if (spansIds(text) || /^[A-Z]{1,6}[-.]?\*/.test(text)) return true
  const parts = partsOf(text, /,|\s[/&+]\s|\s(?:and|or|und|oder)\s/i)
  if (parts.length > 1 && parts.every((part) => wholes.has(part))) return true
  return Array.from(shapes).some((shape) => startsWithShape(text, shape))
}

/** "AC-2(1)(3)", "AC-2 (1), (3)", "AC-2(1,3)", "AC-2(1-3)": several enhancements, with the control or without. */
const enhancements = /\d ?\(\d{1,2}(?:\) ?[,&/]? ?\(\d{1,2}\)| ?[,;|/–-] ?\d{1,2})/

/** "A.5.1 - A.5.3", "AC-1..AC-3". */
function spansIds(text: string): boolean {
  const [, first = '', last = ''] = /^([A-Z0-9.-]{2,20}) ?(?:[-–—]|\.\.+|\bto\b|\bbis\b|\bthrough\b) ?([A-Z0-9.-]{2,20})$/.exec(foldSpace(text)) ?? []
  return /\d/.test(first) && shapeOf(first) === shapeOf(last) && /[A.]/.test(shapeOf(first))
}

function partsOf(text: string, separator: RegExp): readonly string[] {
  return text.split(separator).map(foldSpace).filter((part) => part !== '')
}

function startsWithShape(text: string, shape: string): boolean {
  const token = /^[A-Z0-9][A-Z0-9._-]{0,40}/.exec(text)?.[0].replace(/[._-]+$/, '') ?? ''
  const own = shapeOf(token)
  // Dates and quantities begin with a number too.
  return shape !== '9' && own.includes('9') && (own === shape || own === `${shape}-${shape}`)
}
