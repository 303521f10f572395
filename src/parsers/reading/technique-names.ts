import { foldName } from '../../model/text.js'
import { expandExpression, looksLikeExpression } from './expressions.js'
import type { TechniqueLookup } from './technique-lookup.js'

/** Whether a text beside an id is the technique's name, and the name to keep: a text that only repeats ATT&CK's in another form has none. */
type NameReading = { readonly certain: boolean; readonly name?: string }

/** Ids, numbers, addresses and formulas: never part of a technique's name, unless ATT&CK has it. */
const notInNames = /[\p{L}][_.-]?\d{2}|\d{4}|:\/\/|[@{}<>=\\^%$~]|\.\s|[!?]$|\.$/u
/** Words about a mapping rather than a technique. */
const qualifiers = new Set(
  ('high medium moderate low partial partially significant minimal full fully complete none yes no true false primary secondary new tbd '
    + 'todo tbc unknown deprecated revoked detected detect blocked block covered prevented prevent protect respond mitigated mitigates related '
    + 'direct indirect draft na n/a all any other others etc see note notes only mostly some maybe possible likely critical info x')
    .split(' ')
)

/**
 * Reads a text beside a technique's id as its name: a name that ATT&CK has given it, one that shares a word with such a name, or a
 * few words that look like a title. Undefined if it is none, such as an id, a sentence, a remark, or the name of a sub-technique.
 */
export function readName(text: string, id: string, lookup: TechniqueLookup | undefined): NameReading | undefined {
  const folded = foldName(text)
  if (folded === '' || !/\p{L}/u.test(text)) return undefined
  const known = lookup?.names(id) ?? []
  const same = known.find((name) => foldName(name) === folded)
  if (same !== undefined) return keepKnown(text, same)
  const last = text.slice(text.lastIndexOf(':') + 1)
  if (last !== text && known.some((name) => foldName(name) === foldName(last))) return { certain: true, name: text }
  if (notInNames.test(text) || text.length > 100) return undefined
  const words = text.split(/[\s/_-]+/)
  if (words.length > 10 || words.every((word) => qualifiers.has(word.toLowerCase()))) return undefined
  if (known.length === 0) return { certain: false, name: text }
  if (!id.includes('.') && lookup?.subTechniqueNamed(id, text) !== undefined) return undefined
  const shared = new Set(known.flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 3))
  if (words.some((word) => shared.has(word.toLowerCase()))) return { certain: false, name: text }
  return /^\p{Ll}/u.test(text) ? undefined : { certain: false, name: text }
}

/** A slug ("Command_and_Scripting_Interpreter") says nothing that the id does not; ".bash_profile …" has its dot back. */
function keepKnown(text: string, name: string): NameReading {
  const lower = name.toLowerCase()
  if (lower.includes(text.toLowerCase())) return { certain: true, name: lower.length > text.length ? name : text }
  return /[_-]/.test(text) && !text.includes(' ') ? { certain: true } : { certain: true, name: text }
}

/** Tactics of the three domains: folded names and short names. */
const tactics = new Set(
  ('reconnaissance resourcedevelopment initialaccess execution persistence privilegeescalation defenseevasion defenceevasion stealth '
    + 'defenseimpairment credentialaccess discovery lateralmovement collection commandandcontrol commandcontrol exfiltration impact '
    + 'networkeffects remoteserviceeffects evasion inhibitresponsefunction impairprocesscontrol c2')
    .split(' ')
)

/** Whether a text names tactics and nothing else: "Defense Evasion", "Execution / Persistence". */
export function namesTactics(text: string): boolean {
  const names = text.replace(/^tactics?\b/i, '')
  return tactics.has(foldName(names)) || names.split(/[/,&]|\band\b/).every((part) => tactics.has(foldName(part)))
}

const fillers = new Set(
  ('and or und oder et ou y o e plus as well also both the mitre attack attck technique techniques sub subtechnique subtechniques ttp ttps id '
    + 'ids tid tids enterprise mobile ics matrix pattern patterns name key value with of number no nr code').split(' ')
)

/** Whether a text has only words that join ids or announce them: "and", "MITRE ATT&CK technique". */
export function isFiller(text: string): boolean {
  return text.toLowerCase().replaceAll('att&ck', 'attack').split(/[^\p{L}\p{N}]+/u).every((word) => word === '' || fillers.has(word))
}

/** Words that take a technique out of a list: such a cell cannot be read as what it names. */
export function excludes(text: string): boolean {
  return /(?:^|[^\p{L}])(?:except(?:ing|ion)?|exclud\w*|without|not|but|minus|außer|ohne|sauf|hors)(?:$|[^\p{L}])/iu.test(text)
}

/** A wildcard or a range, the ids that it stands for, and the release that has them; "" if no release is known. */
export interface Expansion {
  readonly written: string
  readonly ids: readonly string[]
  readonly release: string
}

/** A part of a cell that stands for techniques. */
export interface TechniqueToken {
  readonly ids: readonly string[]
  /** Only introduces the short ids after it: the T1110 of `T1110 (.001, .003)`. */
  isPrefix: boolean
  /** Whether it was written in short, as an expression, a wildcard or a range. */
  readonly isWrittenOut: boolean
  readonly expansions?: readonly Expansion[]
  /** Text about it that may mean something else. */
  readonly doubt?: readonly string[]
}

/** A token and the number of characters that it is written with. */
export interface PatternToken extends TechniqueToken {
  readonly length: number
}

/**
 * The techniques that an expression stands for: `T1003(\.006|\.005)?`, `T1547\.(004|009)`, `T1003.*`. Undefined if the text is not an
 * expression; `broken` if it is one of something else.
 */
export function readExpression(text: string, lookup: TechniqueLookup | undefined): PatternToken | 'broken' | undefined {
  if (!/[\\([{*?]/.test(text) || !/^[\s(^\\b[?:]{0,6}T/i.test(text)) return undefined
  // Braces of shells and path patterns are alternatives too.
  const source = text.replaceAll(/\{(\.?\d{3}(?:, ?\.?\d{3}){0,50})\}/g, (_, list: string) => `(${list.replaceAll(/, ?/g, '|')})`)
  const patterns = expandExpression(source)?.map((pattern) => pattern.toUpperCase())
  if (!patterns?.every((pattern) => /^T\d{4}(?:\.[\d#*]{1,3})?$/.test(pattern))) return looksLikeExpression(text) ? 'broken' : undefined
  const expansions: Expansion[] = []
  const ids: string[] = []
  for (const pattern of patterns) {
    const found = /[#*]/.test(pattern) ? expandPattern(pattern, text, lookup) : undefined
    if (/[#*]/.test(pattern) && !found) return 'broken'
    if (found) expansions.push(found)
    if (!found && !/^T\d{4}(?:\.\d{3})?$/.test(pattern)) return 'broken'
    ids.push(...(found?.ids ?? [pattern]))
  }
  return { ids, isPrefix: false, isWrittenOut: ids.length > 1 || text.includes('\\'), length: text.length, ...(expansions.length > 0 && { expansions }) }
}

/** A pattern over the sub-techniques of a technique; undefined if there are none, or no release to look them up in. */
function expandPattern(pattern: string, written: string, lookup: TechniqueLookup | undefined): Expansion | undefined {
  const known = lookup?.subTechniques(pattern.slice(0, 5))
  const [form, ...others] = pattern.slice(6).split('*')
  const ids = known?.ids.filter((id) => matchesDigits(id.slice(6), form ?? '', pattern.includes('*'))) ?? []
  if (!known || ids.length === 0 || others.some((part) => part !== '')) return undefined
  return { written, ids, release: known.release }
}

function matchesDigits(digits: string, form: string, isOpen: boolean): boolean {
  if (isOpen ? form.length > digits.length : form.length !== digits.length) return false
  return Array.from(form).every((character, index) => character === '#' || character === digits[index])
}

const wildcard = /\s{0,2}\\?\.\s?(?:\*{1,3}|x{1,3}|n{3}|#{1,3}|all|any)(?![\p{L}\p{N}*#])/iuy
const withSubTechniques = new RegExp(
  String.raw`\s{0,2}[(,]?\s{0,2}(?:(?:and|with|incl\.?|including|plus|\+|&)\s{1,2})?(?:all\s{1,2})?(?:of\s{1,2})?(?:(?:its|the)\s{1,2})?`
  + String.raw`sub[-\s]?techniques(?:\s{0,2}\))?`,
  'iuy'
)

/** `T1003.x`, `T1003.xxx`, `T1003 and all sub-techniques`, after the id that begins at `at`; undefined if there is none. */
export function expandWildcard(text: string, at: number, parent: string, lookup: TechniqueLookup | undefined): PatternToken | 'broken' | undefined {
  wildcard.lastIndex = at + 5
  withSubTechniques.lastIndex = at + 5
  const placeholder = wildcard.exec(text)
  const phrase = placeholder ?? withSubTechniques.exec(text)
  if (!phrase) return undefined
  const length = 5 + phrase[0].length
  const written = text.slice(at, at + length)
  const expansion = expandPattern(`${parent}.*`, written, lookup)
  if (!expansion) return 'broken'
  const ids = placeholder ? expansion.ids : [parent, ...expansion.ids]
  return { ids, isPrefix: false, isWrittenOut: true, length, expansions: [{ ...expansion, ids }] }
}
