import { type AttackTactic, techniqueIdForm } from '../../attack/attack-index.js'
import type { TechniqueRef } from '../../model/mapping.js'
import type { IdResolver, ResolvedId } from './resolve-ids.js'
import type { Slot } from './text-slots.js'

/** A replacement in the text of a slot; offsets are relative to `raw`, `text` is as the file has it. */
export interface Edit {
  readonly slot: Slot
  readonly start: number
  readonly end: number
  readonly text: string
  readonly what: 'technique' | 'name' | 'tactic' | 'version'
  readonly before: string
  readonly after: string
}

/** Something that a person must look at: it was not changed, or makes two equal. */
export interface Finding {
  readonly slot: Slot
  readonly kind: 'undecided' | 'mentioned' | 'tactic' | 'twice'
  readonly subject: string
  readonly why: string
  readonly suggestions: readonly TechniqueRef[]
}

/** Names in the same text, after their ids or before: "T1562.001 - Disable or Modify Tools". */
export function renameInside(
  slot: Slot, references: readonly (Reference & { readonly outcome: ResolvedId })[], resolver: IdResolver, from: string | undefined,
): readonly Edit[] {
  return references.flatMap(({ id, start, end, form }, index): readonly Edit[] => {
    if (form !== 'id') return []
    const next = references[index + 1]?.start ?? slot.raw.length
    const last = references[index - 1]?.end ?? 0
    const [behind, ahead] = [slot.raw.slice(end, next), slot.raw.slice(last, start)]
    for (const name of resolver.names(id).toSorted((a, b) => b.length - a.length)) {
      const after = indexOfWord(behind, name)
      const at = after >= 0 ? end + after : last + indexOfWord(ahead, name)
      if (at < last) continue
      const now = resolver.rename(id, name, from)
      const text = now === undefined ? undefined : slot.escape(now)
      return now === undefined || text === undefined ? [] : [{ slot, start: at, end: at + name.length, text, what: 'name', before: name, after: now }]
    }
    return []
  })
}

function indexOfWord(text: string, word: string): number {
  const at = text.indexOf(word)
  return at >= 0 && !/[\p{L}\d]/u.test(text.charAt(at - 1) + text.charAt(at + word.length)) ? at : -1
}

/** A text that is the name of a technique beside it. */
export function renameBeside(slot: Slot, ids: readonly string[], resolver: IdResolver, versions: ReadonlyMap<number, string>): readonly Edit[] {
  if (slot.isKey || slot.value.length > 200) return []
  const from = versions.get(slot.record)
  const keyed = techniqueIdForm.test(slot.key) ? [...ids, slot.key] : ids
  const found = new Set(keyed.flatMap((id) => resolver.rename(id, slot.value, from) ?? []))
  const [now] = found
  if (now === undefined || found.size > 1) return []
  return [{ slot, start: 0, end: slot.raw.length, text: slot.encode(now), what: 'name', before: slot.value, after: now }]
}

const tacticKey = /tactic|phase|\btags?\b/i

/** The tactics in a text that is a list of them. */
export function findTactics(slot: Slot, resolver: IdResolver): readonly { readonly start: number; readonly end: number; readonly tactic: AttackTactic }[] {
  if (slot.isKey || slot.raw.length > 1000 || !(tacticKey.test(slot.key) || /^attack\./i.test(slot.raw))) return []
  return Array.from(slot.raw.matchAll(/[^,;|\n]+/g)).flatMap(({ 0: piece, index }) => {
    const word = piece.trim()
    const tactic = word === '' ? undefined : resolver.tactic(word)
    const start = index + piece.indexOf(word)
    return tactic ? [{ start, end: start + word.length, tactic }] : []
  })
}

/** A tactic in the form of the text that it replaces: an id, a name, or a shortname, also with underscores or the prefix of tags. */
export function writeTactic(written: string, { id, name, shortname }: AttackTactic): string {
  const [, prefix = '', word = ''] = /^(attack\.)?(.*)$/is.exec(written) ?? []
  if (/^ta\d{4}$/i.test(word)) return prefix + (word.startsWith('t') ? id.toLowerCase() : id)
  if (word.includes(' ') || word.toLowerCase() !== word) return prefix + name
  return prefix + (word.includes('_') ? shortname.replaceAll('-', '_') : shortname)
}

const versionKey = /^(?:mitre[ _-]?)?att(?:&|&amp;|a)?ck[ _-]?(?:version|release)$|^versions\.attack$/i

/** Whether a property or column is for the version of ATT&CK. */
export function isVersionKey(key: string): boolean {
  return versionKey.test(key)
}

/** The versions that rows and objects state. */
export function collectVersions(slots: readonly Slot[], resolver: IdResolver): ReadonlyMap<number, string> {
  return new Map(slots.flatMap((slot) => (!slot.isKey && versionKey.test(slot.key) && resolver.olderRelease(slot.value)
    ? [[slot.record, slot.value] as const] : [])))
}

/** The new version where an older one is stated, unless the row waits for a person: it still refers to the older one. */
export function restamp(slot: Slot, resolver: IdResolver, waiting: ReadonlySet<number>): readonly Edit[] {
  if (slot.isKey || !versionKey.test(slot.key) || waiting.has(slot.record)) return []
  const [, prefix, minor] = /^((?:ATT&CK )?v?)\d{1,3}(\.\d{1,3})?$/i.exec(slot.value) ?? []
  if (prefix === undefined || !resolver.olderRelease(slot.value)) return []
  const { target } = resolver
  const now = prefix + (minor === undefined ? (target.version.split('.', 1)[0] ?? '') : target.version)
  if (now === slot.value) return []
  return [{ slot, start: 0, end: slot.raw.length, text: slot.encode(now), what: 'version', before: slot.value, after: now }]
}

/** A technique id in a text: alone (`T1562.001`, `attack.t1562.001`), or in the address of its page at attack.mitre.org. */
export interface Reference {
  /** Offsets of the id, or of its part of the address: `T1562/001`. */
  readonly start: number
  readonly end: number
  /** In upper case, with a dot: T1562.001. */
  readonly id: string
  readonly form: 'id' | 'address'
}

/**
 * Addresses come first, so that ids in addresses of other sites are no references. An id is a whole word: not a part of a longer word,
 * of a path or of a file's name. Ids separated by slashes are a list.
 */
const reference = new RegExp([
  String.raw`\bhttps?:[\\/]{2,4}[^\s"'<>|]{1,2000}`,
  String.raw`\battack\.mitre\.org[\\/][^\s"'<>|]{1,2000}`,
  String.raw`(?:(?<![\w\-\\/.])|(?<=\b(?:attack|mitre|ttp|technique|subtechnique)\.)|(?<=T\d{4}(?:\.\d{3})?\/))`
  + String.raw`T\d{4}(?:\.\d{3})?(?![\w\-\\]|\.\w|\/(?!T\d{4}))`,
].join('|'), 'gi')

/** Pages of techniques. An address of a certain release (`/versions/v16/`) is right as it is. */
const page = /^(?:https?:[\\/]{2,4})?(?:www\.)?attack\.mitre\.org\\?\/(?:beta\\?\/)?techniques\\?\/(T\d{4})(?:(\\?\/)(\d{3}))?(?!\w)/i

/** The technique ids of a text, in order. */
export function findReferences(text: string): readonly Reference[] {
  if (!mayRefer(text)) return []
  return Array.from(text.matchAll(reference)).flatMap(({ 0: found, index }): readonly Reference[] => {
    if (!/^(?:https?:|attack\.mitre)/i.test(found)) {
      return [{ start: index, end: index + found.length, id: found.toUpperCase(), form: 'id' }]
    }
    const [whole, parent, slash = '', sub] = page.exec(found) ?? []
    if (whole === undefined || parent === undefined) return []
    const length = parent.length + (sub === undefined ? 0 : slash.length + sub.length)
    const end = index + whole.length
    const id = sub === undefined ? parent : `${parent}.${sub}`
    return [{ start: end - length, end, id: id.toUpperCase(), form: 'address' }]
  })
}

/** Whether a text may contain a technique id: a quick test, since most texts contain none. */
export function mayRefer(text: string): boolean {
  return /T\d{4}/i.test(text)
}

/** An id in the form of a reference that it replaces: in lower case, or as a part of an address. */
export function writeLike(written: string, id: string, form: Reference['form']): string {
  const slash = /\\?\//.exec(written)?.[0] ?? (written.includes('\\') ? String.raw`\/` : '/')
  const shaped = form === 'address' ? id.replace('.', slash) : id
  return written.startsWith('t') ? shaped.toLowerCase() : shaped
}

/** Names of properties and columns whose values are sentences. */
const proseKey = /comment|descri|\bdesc\b|note|rationale|remark|summar|justif|explan|\btext\b|title|reason|guidance|procedure|example/i
/** Names of properties and columns whose values are techniques. */
const techniqueKey = /techni|att.?ck|\bttps?\b|mitre|\btags?\b|\bids?$|_ids?$|external_?id/i

/** Words that accompany ids: "MITRE ATT&CK technique T1562.001". */
const companions = new Set([
  'mitre', 'att', 'ck', 'attack', 'technique', 'techniques', 'sub', 'subtechnique', 'enterprise', 'mobile', 'ics', 'id', 'ids', 'ttp', 'ttps',
  'tactic', 'and', 'or', 'misp', 'galaxy', 'pattern', 'amp', 'https', 'http', 'org', 'www', 'tags', 'tag',
])

/** Longer texts are sentences, or hostile. */
const longestList = 20_000
/** Names that are looked for in one text. */
const mostNames = 300
/** As many other words may be beside an id where the property or column is for techniques. */
const mostWords = 6

/**
 * Whether the ids of a text refer to techniques, rather than being mentioned in a sentence. `names`: the names of these techniques,
 * which may be beside them. `key`: the name of the property, or the title of the column.
 */
export function isReferenceText(text: string, key: string, names: readonly string[]): boolean {
  if (text.length > longestList) return false
  let rest = text.replaceAll(reference, ' ').toLowerCase()
  if (/\p{L}{2}/u.test(rest)) for (const name of new Set(names.slice(0, mostNames))) rest = rest.replaceAll(name.toLowerCase(), ' ')
  if (proseKey.test(key)) return !/\p{L}/u.test(rest)
  const words = (rest.match(/\p{L}{2,}/gu) ?? []).filter((word) => !companions.has(word))
  if (words.length === 0) return true
  return words.length <= mostWords && techniqueKey.test(key)
}
