import type { Report } from '../../diagnostics/diagnostic.js'
import { createPairMap } from '../../model/lookups.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CapabilityRef, Mapping } from '../../model/mapping.js'
import { describeOrigin, type Origin } from '../../model/origin.js'
import { countIllFormed, toWellFormed } from '../../model/text.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'
import type { NormaliseRule } from '../rule.js'

/**
 * Lone surrogates, as escapes in JSON and YAML can state them, become U+FFFD in all texts of a set: no emitter could encode them. First of
 * all rules, so that ids and names are compared and hashed as they are written.
 */
export const wellFormedText: NormaliseRule = (set, report) => {
  if (isWellFormed(set)) return set
  const { value, changed } = toWellFormed(set)
  const [origin] = set.mappings.find((mapping) => countIllFormed(mapping) > 0)?.origins ?? []
  report('normalise/lone-surrogate', { count: changed, ...(origin && { origin }) })
  return value
}

/** Rows are most of a set, and have few texts: asking for them by name takes a sixth of the time of looking at whatever a row has. */
function isWellFormed({ mappings, ...set }: ResolvedSet): boolean {
  return countIllFormed(set) === 0 && mappings.every(isRowWellFormed)
}

function isRowWellFormed(row: Mapping): boolean {
  const { relation, group, comments, references, score, author, release, review, completed } = row
  if (row.kind !== 'unmapped-technique' && !(row.capability.id.isWellFormed() && row.capability.description?.isWellFormed() !== false)) return false
  if (row.kind !== 'unmapped-capability') {
    const { id, name, object } = row.technique
    if (!(id.isWellFormed() && name?.isWellFormed() !== false && (!object || countIllFormed(object) === 0))) return false
  }
  if (!(relation?.isWellFormed() !== false && group?.isWellFormed() !== false && comments?.isWellFormed() !== false)) return false
  const isUsual = !references && !score && !author && !release && !review && !completed
  return row.origins.every(isOriginWellFormed) && (isUsual || countIllFormed([references, score, author, release, review, completed]) === 0)
}

function isOriginWellFormed({ document, place }: Origin): boolean {
  return document.isWellFormed() && (place.kind === 'pointer' ? place.pointer.isWellFormed() : countIllFormed(place) === 0)
}

/** A technique id in lower case or followed by a full stop, as some pages print it. */
const unusualId = /^(t[0-9]{4}(?:\.[0-9]{3})?)\.?$/i

/** Corrects "T1036." and "t1036" to T1036, the only form that lookups, layers and bundles recognise. */
const techniqueIds: NormaliseRule = (set, report) => {
  const corrected = new Map<string, string>()
  for (const written of techniqueIdsOf(set)) {
    const id = unusualId.exec(written)?.[1]?.toUpperCase()
    if (id !== undefined && id !== written) corrected.set(written, id)
  }
  if (corrected.size === 0) return set
  const changed = new Map<string, { id: string; first: Mapping; count: number }>()
  const mappings = set.mappings.map((mapping) => {
    if (mapping.kind === 'unmapped-capability') return mapping
    const written = mapping.technique.id
    const id = corrected.get(written)
    if (id === undefined) return mapping
    const known = changed.get(written)
    changed.set(written, { id, first: known?.first ?? mapping, count: (known?.count ?? 0) + 1 })
    return { ...mapping, technique: { ...mapping.technique, id } }
  })
  for (const [written, { id, first, count }] of changed) {
    const [origin] = first.origins
    const message = `"${written}" was read as ${id}`
    report('normalise/technique-id', { message, found: written, expected: id, count, ...(origin && { origin }) })
  }
  return { ...set, mappings }
}

function techniqueIdsOf({ mappings }: ResolvedSet): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const row of mappings) if (row.kind !== 'unmapped-capability') ids.add(row.technique.id)
  return ids
}

const knownTerms = {
  category: scoreCategories,
  value: scoreValues,
} as const

/** Lower-cases CTID's categories and values ("Protect", "PARTIAL"). Other words are kept and reported; numbers are what layers have. */
const knownScores: NormaliseRule = (set, report) => {
  if (!set.mappings.some(({ score }) => score?.category !== undefined || score?.value !== undefined)) return set
  const unknown = new Map<string, { found: string; mapping: Mapping; count: number }>()

  function normaliseScore(mapping: Mapping, field: keyof typeof knownTerms, written: string): string {
    const lower = written.toLowerCase()
    if (knownTerms[field].some((score) => score === lower)) return lower
    if (field === 'value' && isNumber(written)) return written
    const key = `${field} "${written}"`
    const first = unknown.get(key)
    unknown.set(key, { found: first?.found ?? `${field} "${written}"`, mapping: first?.mapping ?? mapping, count: (first?.count ?? 0) + 1 })
    return written
  }

  const mappings = set.mappings.map((mapping) => {
    const { score } = mapping
    if (score?.category === undefined && score?.value === undefined) return mapping
    const category = score.category === undefined ? undefined : normaliseScore(mapping, 'category', score.category)
    const value = score.value === undefined ? undefined : normaliseScore(mapping, 'value', score.value)
    if (category === score.category && value === score.value) return mapping
    return { ...mapping, score: { ...score, ...(category !== undefined && { category }), ...(value !== undefined && { value }) } }
  })
  for (const { found, mapping, count } of unknown.values()) {
    const [origin] = mapping.origins
    report('normalise/unknown-score', { found, count, ...(origin && { origin }) })
  }
  return { ...set, mappings }
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}

/** A name of a capability that differs from the first, its first row, and how many have it. */
interface NameConflict {
  readonly id: string
  readonly first: string
  readonly other: string
  readonly mapping: Mapping
  readonly firstMapping: Mapping
  count: number
}

/** Reports capability ids that rows print with different names, with both places. Each row keeps its name. */
const conflictingNames: NormaliseRule = (set, report) => {
  for (const { id, first, other, mapping, firstMapping, count } of findNameConflicts(set.mappings)) {
    const [origin] = mapping.origins
    report('normalise/conflicting-names', {
      message: `${id} is "${first}" in one row and "${other}" in another`,
      count,
      ...(origin && { origin }),
      ...(firstMapping.origins[0] && { hint: `the first name is in ${describeOrigin(firstMapping.origins[0])}` }),
    })
  }
  return set
}

function findNameConflicts(mappings: readonly Mapping[]): readonly NameConflict[] {
  const first = new Map<string, { description: string; mapping: Mapping }>()
  const conflicts = createPairMap<string, string, NameConflict>()
  /** Of the last row whose name is the first of its id: that of the next row, mostly. */
  let agreed: CapabilityRef | undefined
  for (const mapping of mappings) {
    if (mapping.kind === 'unmapped-technique' || mapping.capability === agreed) continue
    const { id, description } = mapping.capability
    if (description === undefined) continue
    const known = first.get(id)
    if (!known) first.set(id, { description, mapping })
    if (!known || known.description === description) agreed = mapping.capability
    else countConflict(id, known.description, description, mapping, known.mapping)
  }
  return conflicts.values

  function countConflict(id: string, one: string, other: string, mapping: Mapping, firstMapping: Mapping): void {
    const conflict = conflicts.get(id, other)
    if (conflict) conflict.count += 1
    else conflicts.add(id, other, { id, first: one, other, mapping, firstMapping, count: 1 })
  }
}

/** The rules, in the order in which they are applied. */
const rules: readonly NormaliseRule[] = [wellFormedText, techniqueIds, knownScores, conflictingNames]

/** Applies every normalising rule to a set. */
export function normaliseSet(set: ResolvedSet, report: Report): ResolvedSet {
  return rules.reduce((current, rule) => rule(current, report), set)
}
