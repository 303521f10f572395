import { foldName } from '../../model/text.js'
import type { TechniqueLookup } from './technique-lookup.js'

/** Whether a text beside an id is the technique's name, and the name to keep: a text that only repeats ATT&CK's in another form has none. */
export type NameReading = { readonly certain: boolean; readonly name?: string }

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
