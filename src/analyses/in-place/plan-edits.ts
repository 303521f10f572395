import { parentOf } from '../../attack/attack-index.js'
import { addToList } from '../../model/stated.js'
import { collectVersions, type Edit, type Finding, findReferences, findTactics, isReferenceText, mayRefer, renameBeside, renameInside, restamp, writeLike, writeTactic } from './beside-ids.js'
import { findTactic, type IdResolver, type ResolvedId } from './resolve-ids.js'
import type { Slot, SlottedDocument } from './text-slots.js'

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

  const referring = slots.filter(({ raw }) => mayRefer(raw)).map((slot) => {
    const references = findReferences(slot.raw)
    const isReference = isReferenceText(slot.raw, slot.key, references.flatMap(({ id }) => resolver.names(id)))
    if (isReference && !slot.isKey) for (const { id } of references) scope.add(slot.record, id)
    return { slot, references, isReference }
  })
  for (const { slot, references, isReference } of referring) {
    const from = versions.get(slot.record)
    const outcomes = references.map((one) => ({ ...one, outcome: resolveBeside(one.id, slot, from) }))
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

  /** An id that names the parent of a technique beside it becomes the parent of its successor: CTID's related scores. */
  function resolveBeside(id: string, slot: Slot, from: string | undefined): ResolvedId {
    if (id.includes('.') || !/related|parent/i.test(slot.key)) return resolver.resolve(id, from)
    const child = scope.of(slot.record).find((other) => parentOf(other) === id)
    const outcome = child === undefined ? undefined : resolver.resolve(child, from)
    const parent = outcome?.kind === 'replaced' ? parentOf(outcome.id) : undefined
    return parent === undefined ? resolver.resolve(id, from) : { kind: 'replaced', id: parent, why: `the parent of what replaces ${child}` }
  }

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

/** In the order of the text. Of edits that overlap, the first. */
function withoutOverlaps(edits: readonly Edit[]): readonly Edit[] {
  let last: Edit | undefined
  return edits.toSorted((a, b) => a.slot.at - b.slot.at || a.start - b.start).filter((edit) => {
    if (last && last.slot === edit.slot && edit.start < last.end) return false
    last = edit
    return true
  })
}
