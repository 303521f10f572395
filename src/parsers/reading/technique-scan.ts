import { techniqueOfAddress } from './cell-text.js'
import type { TechniqueLookup } from './technique-lookup.js'
import { expandWildcard, type PatternToken, readExpression, type TechniqueToken } from './technique-names.js'

/** The tokens of a cell, and the texts before, between and after them: one more than tokens. */
export interface ScannedCell {
  readonly tokens: readonly TechniqueToken[]
  readonly gaps: readonly string[]
  readonly broken: readonly string[]
  /** ATT&CK objects that are neither techniques nor tactics, and techniques of other matrices. */
  readonly others: readonly string[]
  /** Tactics, tags and addresses. */
  readonly aside: readonly string[]
}

const address = /(?:https?:\/\/|www\.|attack\.mitre\.org\/)[^\s<>"'|,;]{0,2000}/iuy
/** Tags of Sigma rules and MISP events that are no techniques. */
const tag = /(?:(?:mitre[-_])?attack[._:-](?!t\d{4})[a-z]{3}[a-z_-]{0,40}(?![\p{L}\d])|(?:car|cve|detection|tlp|capec|d3fend|stp)\.[a-z0-9][\w.-]{0,60})/iuy
const galaxy = /misp-galaxy:mitre-(?:[a-z]{1,20}-){0,4}pattern=/iuy
const object = /(?:TA|DS|DET|[GSMCA])\d{4}(?!\d)/iuy
/** Techniques of MITRE ATLAS, MITRE FiGHT, PRE-ATT&CK and the first Mobile matrix: their numbers mean others in ATT&CK. */
const foreign = /(?:(?:AML|PRE|MOB)[.\-_ ]?|FG)T\d{4}(?:[._/-]\d{3})?(?![\p{L}\d])/iuy
const technique = /T\d{4}(?!\d)/iuy
const almost = /T\d{3}[\d./\\_-]*/iuy
const shortId = /\\?\.?(\d{3})(?![\d\p{L}])/uy
const sub = /\s{0,3}(?:\\?[./:_]|[-\u2010-\u2015\u2212])?\s{0,3}(\d{3})(?!\d)/uy
const wordBreak = /[\p{L}\p{N}]/u
const dashes = /^ {0,5}(?:[-\u2010-\u2015\u2212~…]|\.{2,3}|to|thru|through|until|bis|à) {0,5}$/iu
/** Texts after which a bare number such as 002 continues a list of sub-techniques. */
const continues = /^(?:[\s,;/|&+()[\]{}:'"]|and|or|und|oder|et)*$/iu
const startsList = /[,;|\n&+]|\b(?:and|or|und|oder|et)\b/iu

/** Finds what a cleaned cell says of techniques, from left to right, each character once. */
export function scanTechniques(text: string, lookup: TechniqueLookup | undefined): ScannedCell {
  const tokens: TechniqueToken[] = []
  const gaps: string[] = []
  const broken: string[] = []
  const others: string[] = []
  const aside: string[] = []
  const hasTags = /attack[._:-]/i.test(text)
  let gap = ''
  let at = 0
  const whole = readExpression(text.trim(), lookup)
  if (whole !== undefined && whole !== 'broken') return { tokens: [whole], gaps: ['', ''], broken, others, aside }

  while (at < text.length) {
    const next = (at > 0 && wordBreak.test(text.charAt(at - 1))) ? undefined : readToken()
    if (next === undefined) {
      gap += text.charAt(at)
      at += 1
    } else at = next
  }
  gaps.push(gap)
  return { tokens, gaps, broken, others, aside }

  function readToken(): number | undefined {
    const character = text.charAt(at)
    if (/\d|[.\\]/.test(character)) return readShortId()
    if (!/[a-z]/i.test(character)) return undefined
    const link = match(address, text, at)
    if (link) return readAddress(link[0])
    const skipped = match(galaxy, text, at) ?? (hasTags ? match(tag, text, at) : undefined)
    if (skipped) {
      if (!skipped[0].endsWith('=')) setAside(aside, skipped[0])
      return at + skipped[0].length
    }
    const other = match(foreign, text, at) ?? match(object, text, at)
    if (other) {
      setAside(/^TA/i.test(other[0]) ? aside : others, other[0])
      return at + other[0].length
    }
    return match(technique, text, at) ? readTechnique() : readAlmost()
  }

  function setAside(list: string[], found: string): void {
    list.push(found)
    gap += '\n'
  }

  function readAlmost(): number | undefined {
    const found = match(almost, text, at)
    if (!found) return undefined
    broken.push(found[0])
    return at + found[0].length
  }

  function readAddress(found: string): number {
    const link = found.replace(/[).\]]{1,3}$/, '')
    const id = techniqueOfAddress(link)
    if (id === undefined) setAside(aside, link)
    else addToken({ ids: [id], isPrefix: false, isWrittenOut: false })
    return at + link.length
  }

  function addToken(token: TechniqueToken): void {
    tokens.push(token)
    gaps.push(gap)
    gap = ''
  }

  function readTechnique(): number {
    const parent = text.slice(at, at + 5).toUpperCase()
    const end = at + 5
    const written = expressionAt(text, at)
    const pattern = readExpression(written, lookup) ?? expandWildcard(text, at, parent, lookup)
    if (pattern !== undefined) return addPattern(pattern, written)
    const joined = match(sub, text, end)
    const isSub = joined && (/^\\?[./]\d/.test(joined[0]) || /^\s{0,3}\./.test(joined[0]) || joined[1]?.startsWith('0') === true)
    if (isSub) return readSubTechnique(parent, joined[1] ?? '', end + joined[0].length)
    const slip = match(/[./:_-][OoIl\d]{3}(?![\p{L}\p{N}])/uy, text, end)
    if (slip) return readFlaw(end + slip[0].length)
    const flaw = match(/(?:\\?[./:_-]|\\)[\d(*[{]?[\d./]*/y, text, end)
    if (flaw && /^(?:\\|[./:_-]\d|\.[*([{])/.test(flaw[0])) return readFlaw(end + flaw[0].length)
    const before = tokens.at(-1)
    const isRange = before?.ids.length === 1 && !before.isPrefix && gap.length < 20 && dashes.test(gap)
    const isStarred = text.charAt(end) === '*' && text.charAt(end + 1) !== '*' && text.charAt(at - 1) !== '*'
    const doubt = isRange ? `${before.ids[0] ?? ''}${gap}${parent}` : isStarred ? `${parent}*` : undefined
    addToken({ ids: [parent], isPrefix: false, isWrittenOut: false, ...(doubt !== undefined && { doubt: [doubt] }) })
    return end
  }

  function addPattern(pattern: PatternToken | 'broken', written: string): number {
    if (pattern === 'broken') return readFlaw(at + Math.max(written.length, 5))
    addToken(pattern)
    return at + pattern.length
  }

  function readFlaw(end: number): number {
    broken.push(text.slice(at, end))
    return end
  }

  function readSubTechnique(parent: string, digits: string, end: number): number {
    const flaw = match(/\.\d[\d./]*|\/\d{1,2}(?![\d])/y, text, end)
    if (flaw) return readFlaw(end + flaw[0].length)
    addSub(parent, digits, text.slice(at, end).replaceAll(/[^\dT.]/gi, '').length < 8)
    return end
  }

  function addSub(parent: string, digits: string, isShort: boolean): void {
    const id = `${parent}.${digits}`
    const last = tokens.at(-1)
    const before = last?.ids.length === 1 ? last.ids[0] : undefined
    if (before === undefined || last?.isPrefix === true || gap.length > 20 || !dashes.test(gap)) addToken({ ids: [id], isPrefix: false, isWrittenOut: isShort })
    else if (before.startsWith(`${parent}.`)) addRange(parent, before, id)
    else addToken({ ids: [id], isPrefix: false, isWrittenOut: isShort, doubt: [`${before}${gap}${id}`] })
  }

  function addRange(parent: string, first: string, last: string): void {
    const [from, to] = [Number(first.slice(6)), Number(last.slice(6))]
    const written = `${first}-${last}`
    if (from >= to) {
      broken.push(written)
      gap = ''
      return
    }
    const between = Array.from({ length: to - from - 1 }, (_, step) => `${parent}.${String(from + step + 1).padStart(3, '0')}`)
    const known = lookup?.subTechniques(parent)
    const middle = known ? between.filter((id) => known.ids.includes(id)) : between
    const expansion = { written, ids: [first, ...middle, last], release: known?.release ?? '' }
    gap = ''
    addToken({ ids: [...middle, last], isPrefix: false, isWrittenOut: true, expansions: [expansion] })
  }

  /** `.003`, or `003` in a list of sub-techniques, after an id that says of which technique. */
  function readShortId(): number | undefined {
    const found = match(shortId, text, at)
    const last = tokens.at(-1)
    const before = last?.ids.at(-1)
    if (!found || !last || before === undefined) return undefined
    const isBare = before.length === 5
    const isDotted = found[0].startsWith('.') || found[0].startsWith('\\')
    const listed = gap.length < 40 && (continues.test(gap) || dashes.test(gap))
    if (!isDotted && (found[1]?.startsWith('0') !== true || !listed || (isBare && !/[([:]/.test(gap)))) return undefined
    if (isBare && !startsList.test(gap)) last.isPrefix = true
    addSub(before.slice(0, 5), found[1] ?? '', true)
    return at + found[0].length
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const MOST_EXPRESSION = 400
const MOST_DEPTH = 12
const signs: ReadonlySet<string> = new Set('\\([{*?')
const opening: ReadonlySet<string> = new Set('([{')
const closing: ReadonlySet<string> = new Set(')]}')
const ends: ReadonlySet<string> = new Set(' \t\n,;|"\'`<>')

/** The text from a technique's id to the first separator outside brackets; '' if it has no sign of an expression. */
function expressionAt(text: string, start: number): string {
  const after = text.slice(start + 5, start + 10)
  if (!signs.has(after.charAt(0)) && !(after.startsWith('.') && Array.from(after).some((character) => signs.has(character)))) return ''
  let depth = 0
  let end = start
  let hasSign = false
  for (; end < text.length && end - start < MOST_EXPRESSION && depth <= MOST_DEPTH; end += 1) {
    const character = text.charAt(end)
    if (opening.has(character)) depth += 1
    else if (closing.has(character) && (depth -= 1) < 0) break
    else if (depth === 0 && ends.has(character)) break
    hasSign ||= signs.has(character)
  }
  return hasSign && depth <= MOST_DEPTH ? text.slice(start, end) : ''
}
