import { type AttackTactic, techniqueIdForm } from '../../attack/attack-index.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { addToList } from '../../model/stated.js'
import { findReferences, isReferenceText, mayRefer, type Reference, writeLike } from './find-references.js'
import { findTactic, type IdResolver, type ResolvedId } from './resolve-ids.js'

/** A text of a document that may be replaced: a string, a scalar, or a cell. */
export interface Slot {
  /** The text as the file contains it, without its quotes, with escapes replaced by spaces of the same length. */
  readonly raw: string
  /** Its offset in the file, or in a part of it. */
  readonly at: number
  /** What it means: `raw` without escapes. */
  readonly value: string
  /** The property that it is the value of, or the title of its column; that of the list for an item. */
  readonly key: string
  /** Whether it is itself the name of a property. */
  readonly isKey: boolean
  /** The object, row or list that contains it: an index into `parents`. */
  readonly record: number
  /** Writes another text in place of all of `raw`: quoted, where it must be. */
  readonly encode: (text: string) => string
  /** Writes a text that replaces a part of `raw`; undefined if that is only possible with quotes around the whole. */
  readonly escape: (text: string) => string | undefined
}

/** The texts of a document, and what contains them. */
export interface SlottedDocument {
  readonly slots: readonly Slot[]
  /** The container of each container; -1 for the outermost. */
  readonly parents: readonly number[]
}

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

/** How to update a document. */
export interface EditPlan {
  readonly edits: readonly Edit[]
  readonly findings: readonly Finding[]
}

/** Plans the replacements of a document. `withProse`: also ids in sentences. */
export function planEdits({ slots, parents }: SlottedDocument, resolver: IdResolver, withProse: boolean): EditPlan {
  const edits: Edit[] = []
  const findings: Finding[] = []
  const versions = collectVersions(slots, resolver)
  const scope = createScope(parents)
  const waiting = new Set<number>()
  const made = new Map<string, Slot>()
  const keys = collectKeys(slots)

  for (const slot of slots) {
    if (!mayRefer(slot.raw)) continue
    const references = findReferences(slot.raw)
    const from = versions.get(slot.record)
    const isReference = isReferenceText(slot.raw, slot.key, references.flatMap(({ id }) => resolver.names(id)))
    if (isReference && !slot.isKey) for (const { id } of references) scope.add(slot.record, id)
    const outcomes = references.map((one) => ({ ...one, outcome: resolver.resolve(one.id, from) }))
    for (const { id, outcome, start, end, form } of outcomes) {
      const subject = slot.raw.slice(start, end)
      if (outcome.kind === 'left' && (isReference || withProse)) {
        if (isReference) waiting.add(slot.record)
        findings.push({ slot, kind: 'undecided', subject: id, why: outcome.why, suggestions: outcome.suggestions })
      } else if (outcome.kind !== 'same' && !isReference && !withProse) {
        findings.push({ slot, kind: 'mentioned', subject: id, ...explain(outcome) })
      } else if (outcome.kind === 'replaced') {
        const text = writeLike(subject, outcome.id, form)
        if (slot.isKey && !takeKey(keys, slot, text)) {
          findings.push({ slot, kind: 'twice', subject: id, why: `${outcome.id} is a property of the same object already`, suggestions: [] })
          continue
        }
        edits.push({ slot, start, end, text, what: 'technique', before: id, after: outcome.id })
        noteTwice(slot, outcome.id, id)
      }
    }
    if (isReference || withProse) edits.push(...renameInside(slot, outcomes, resolver, from))
  }
  for (const slot of slots) {
    const names = mayRefer(slot.raw) ? [] : renameBeside(slot, scope.of(slot.record), resolver, versions)
    edits.push(...names)
    if (names.length === 0) planTactics(slot)
  }
  for (const slot of slots) edits.push(...restamp(slot, resolver, waiting))
  return { edits: withoutOverlaps(edits), findings }

  /** Two ids of one list or row that have the same successor. */
  function noteTwice(slot: Slot, id: string, before: string): void {
    const key = JSON.stringify([slot.record, slot.key, id])
    const other = made.get(key)
    if (other && other !== slot) {
      findings.push({ slot, kind: 'twice', subject: before, why: `another id beside it is now ${id} too; both stay`, suggestions: [] })
    }
    made.set(key, slot)
  }

  function planTactics(slot: Slot): void {
    const from = versions.get(slot.record)
    const ids = scope.nearest(slot.record)
    for (const { start, end, tactic } of findTactics(slot, resolver)) {
      const subject = slot.raw.slice(start, end)
      const still = findTactic(resolver.target, subject)
      const now = new Map(ids.flatMap((id) => resolver.moveTactic(id, tactic, from) ?? []).map((one) => [one.id, one]))
      const [only] = now.values()
      if (still && (now.size !== 1 || only?.id === still.id)) continue
      if (only && now.size === 1) {
        const text = writeTactic(subject, only)
        edits.push({ slot, start, end, text, what: 'tactic', before: subject, after: text })
      } else {
        const names = [...now.values()].map(({ name }) => name)
        const why = names.length === 0
          ? `${tactic.name} is no tactic of ATT&CK ${resolver.target.version}, and no technique beside it says which it is now`
          : `${tactic.name} is now ${names.join(' and ')} for the techniques beside it`
        findings.push({ slot, kind: 'tactic', subject, why, suggestions: [...now.values()].map(({ id, name }) => ({ id, name })) })
      }
    }
  }
}

function explain(outcome: Exclude<ResolvedId, { kind: 'same' }>): Pick<Finding, 'why' | 'suggestions'> {
  if (outcome.kind === 'left') return { why: outcome.why, suggestions: outcome.suggestions }
  return { why: outcome.why, suggestions: [{ id: outcome.id }] }
}

/** The technique ids of each container, and of what it contains, three levels up. */
function createScope(parents: readonly number[]) {
  const direct = new Map<number, string[]>()
  const within = new Map<number, string[]>()
  return {
    add(record: number, id: string): void {
      addToList(direct, record, id)
      let at = record
      for (let level = 0; level < 4 && at >= 0; level += 1) {
        addToList(within, at, id)
        at = parents[at] ?? -1
      }
    },
    /** Ids in the container itself, or, for an item of a list, in the object that has the list. */
    of(record: number): readonly string[] {
      return direct.get(record) ?? []
    },
    /** Ids of the nearest container that has any. */
    nearest(record: number): readonly string[] {
      let at = record
      for (let level = 0; level < 4 && at >= 0; level += 1) {
        const found = within.get(at)
        if (found) return [...new Set(found)]
        at = parents[at] ?? -1
      }
      return []
    },
  }
}

type KeySets = ReadonlyMap<number, Set<string>>

/** The names of properties of each object that has an id among them, in upper case. */
function collectKeys(slots: readonly Slot[]): KeySets {
  const withIds = new Set(slots.flatMap(({ isKey, raw, record }) => (isKey && mayRefer(raw) ? [record] : [])))
  const keys = new Map<number, Set<string>>()
  for (const { isKey, record, value } of slots) {
    if (isKey && withIds.has(record)) keys.set(record, (keys.get(record) ?? new Set()).add(value.toUpperCase()))
  }
  return keys
}

/** Takes a name for a property; false if its object has one of that name already, or will have. */
function takeKey(keys: KeySets, { record }: Slot, name: string): boolean {
  const taken = keys.get(record)
  if (taken?.has(name.toUpperCase()) === true) return false
  taken?.add(name.toUpperCase())
  return true
}

/** Names in the same text, after their ids or before: "T1562.001 - Disable or Modify Tools". */
function renameInside(
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
function renameBeside(slot: Slot, ids: readonly string[], resolver: IdResolver, versions: ReadonlyMap<number, string>): readonly Edit[] {
  if (slot.isKey || slot.value.length > 200) return []
  const from = versions.get(slot.record)
  const keyed = techniqueIdForm.test(slot.key) ? [...ids, slot.key] : ids
  const found = new Set(keyed.flatMap((id) => resolver.rename(id, slot.value, from) ?? []))
  const [now] = found
  if (now === undefined || found.size > 1) return []
  return [{ slot, start: 0, end: slot.raw.length, text: slot.encode(now), what: 'name', before: slot.value, after: now }]
}

const tacticKey = /tactic|phase|\btags?\b/i

/** The tactics of the source in a text that is a list of them. */
function findTactics(slot: Slot, { source }: IdResolver): readonly { readonly start: number; readonly end: number; readonly tactic: AttackTactic }[] {
  if (!source || slot.isKey || slot.raw.length > 1000 || !(tacticKey.test(slot.key) || /^attack\./i.test(slot.raw))) return []
  return Array.from(slot.raw.matchAll(/[^,;|\n]+/g)).flatMap(({ 0: piece, index }) => {
    const word = piece.trim()
    const tactic = word === '' ? undefined : findTactic(source, word)
    const start = index + piece.indexOf(word)
    return tactic ? [{ start, end: start + word.length, tactic }] : []
  })
}

/** A tactic in the form of the text that it replaces: an id, a name, or a shortname, also with underscores or the prefix of tags. */
function writeTactic(written: string, { id, name, shortname }: AttackTactic): string {
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
function collectVersions(slots: readonly Slot[], resolver: IdResolver): ReadonlyMap<number, string> {
  return new Map(slots.flatMap((slot) => (!slot.isKey && versionKey.test(slot.key) && resolver.olderRelease(slot.value)
    ? [[slot.record, slot.value] as const] : [])))
}

/** The new version where an older one is stated, unless the row waits for a person: it still refers to the older one. */
function restamp(slot: Slot, resolver: IdResolver, waiting: ReadonlySet<number>): readonly Edit[] {
  if (slot.isKey || !versionKey.test(slot.key) || waiting.has(slot.record)) return []
  const [, prefix, minor] = /^((?:ATT&CK )?v?)\d{1,3}(\.\d{1,3})?$/i.exec(slot.value) ?? []
  if (prefix === undefined || !resolver.olderRelease(slot.value)) return []
  const { target } = resolver
  const now = prefix + (minor === undefined ? (target.version.split('.', 1)[0] ?? '') : target.version)
  if (now === slot.value) return []
  return [{ slot, start: 0, end: slot.raw.length, text: slot.encode(now), what: 'version', before: slot.value, after: now }]
}

/** In the order of the text. Of edits that overlap, the first. */
function withoutOverlaps(edits: readonly Edit[]): readonly Edit[] {
  let last: Edit | undefined
  return edits.toSorted((a, b) => a.slot.at - b.slot.at || a.start - b.start).filter((edit) => {
    if (last && last.slot === edit.slot && edit.start < last.end) return false
    last = edit
    return true
  })
}
