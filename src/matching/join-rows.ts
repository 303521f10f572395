import type { Completion, Mapping, Review } from '../model/mapping.js'
import { compareOrigins } from '../model/origin.js'

/** One row of two that agree: what either states. Where both do, and not word for word the same, the first speaks. */
export function joinRows(first: Mapping, second: Mapping): Mapping {
  // A bundle that was made of the other document names the same places.
  const origins = [...first.origins, ...second.origins].toSorted(compareOrigins)
    .filter((origin, index, all) => index === 0 || compareOrigins(origin, all[index - 1] ?? origin) !== 0)
  const completed = [...(first.completed ?? []), ...(second.completed ?? [])]
  const score = { ...second.score, ...first.score }
  const review = joinReviews(first.review, second.review)
  const shared = {
    origins,
    ...(review && { review }),
    ...(Object.keys(score).length > 0 && { score }),
    ...(completed.length > 0 && { completed }),
  }
  // The pair is the same, so the kinds are: each side is joined for the names that one row prints and the other does not.
  if (first.kind === 'mapped' && second.kind === 'mapped') {
    return { ...second, ...first, ...shared, capability: { ...second.capability, ...first.capability }, technique: { ...second.technique, ...first.technique } }
  }
  if (first.kind === 'unmapped-capability' && second.kind === 'unmapped-capability') {
    return { ...second, ...first, ...shared, capability: { ...second.capability, ...first.capability } }
  }
  if (first.kind === 'unmapped-technique' && second.kind === 'unmapped-technique') {
    return { ...second, ...first, ...shared, technique: { ...second.technique, ...first.technique } }
  }
  throw new Error(`rows of different kinds can't be joined: ${first.kind}, ${second.kind}`)
}

/** A row with what a catalogue adds to it, and the fields on which the catalogue's rows disagree. */
interface CompletedRow {
  readonly row: Mapping
  readonly doubtful: readonly string[]
}

/** The fields that a catalogue can add, in the order in which they are told. */
const completableFields = ['relation', 'group', 'score', 'comments', 'references', 'status', 'author', 'review', 'capability', 'technique'] as const

type Field = (typeof completableFields)[number]

/**
 * Adds to a row what it does not state and all candidates, the catalogue's rows that it may be, say alike. Each addition is marked
 * with where it comes from. What the row states stays, but for a mapping type's printed name, which becomes its id.
 */
export function completeRow(row: Mapping, candidates: readonly Mapping[]): CompletedRow {
  const [from] = candidates[0]?.origins ?? []
  if (!from) return { row, doubtful: [] }
  const completed: Completion[] = [...(row.completed ?? [])]
  const doubtful: string[] = []
  const additions: Record<string, unknown> = {}
  for (const field of completableFields) {
    const stated = valueOf(row, field)
    const [offered, ...others] = candidates.map((candidate) => valueOf(candidate, field))
    const wanted = fillField(field, stated, offered)
    if (others.some((other) => JSON.stringify(fillField(field, stated, other)) !== JSON.stringify(wanted))) {
      doubtful.push(field)
    } else if (JSON.stringify(wanted) !== JSON.stringify(stated)) {
      additions[field] = wanted
      completed.push({ field, from })
    }
  }
  return { row: completed.length > 0 ? { ...row, ...additions, completed } : row, doubtful }
}

/** What a field is once an offer is taken: an object gains the parts that it lacks, and what is stated stays. */
function fillField(field: Field, stated: unknown, offered: unknown): unknown {
  if (offered === undefined) return stated
  if (stated === undefined || field === 'relation') return offered
  // A page prints a score's category and value, and a file knows the related technique too.
  if (!isRecord(stated) || !isRecord(offered)) return stated
  return field === 'review' ? joinReviews(stated, offered) : { ...stated, ...missingFrom(stated, offered) }
}

function missingFrom(stated: object, offered: object): object {
  return Object.fromEntries(Object.entries(offered).filter(([key]) => !Object.hasOwn(stated, key)))
}

function valueOf(row: Mapping, field: Field): unknown {
  if (field === 'capability') return row.kind === 'unmapped-technique' ? undefined : row.capability
  if (field === 'technique') return row.kind === 'unmapped-capability' ? undefined : row.technique
  return row[field]
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * What two rows that are one say of an auditor's verdict: what either states. A review is taken whole, since initials answer for their own
 * verdict: of two, the one that says all that the other says and more, or else the first.
 */
function joinReviews<Shape extends object = Review>(first: Shape | undefined, second: Shape | undefined): Shape | undefined {
  if (!first || !second) return first ?? second
  return statesAll(second, first) ? second : first
}

/** Whether two reviews say different things, so that joining them loses one. */
export function reviewsConflict(first: Review | undefined, second: Review | undefined): boolean {
  return first !== undefined && second !== undefined && !statesAll(first, second) && !statesAll(second, first)
}

/** A review on one line: "agreed, AB: see ticket". */
export function describeReview({ verdict, initials, remark }: Review): string {
  const signed = [verdict, initials].filter((part) => part !== undefined).join(', ')
  return [signed, remark].filter((part) => part !== undefined && part !== '').join(': ')
}

function statesAll(whole: object, part: object): boolean {
  const stated = new Map<string, unknown>(Object.entries(whole))
  return Object.entries(part).every(([key, value]) => stated.get(key) === value)
}
