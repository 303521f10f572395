import { type AttackTactic, techniqueIdForm } from '../../attack/attack-index.js'
import type { TechniqueRef } from '../../model/mapping.js'
import type { Reference } from './find-references.js'
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
