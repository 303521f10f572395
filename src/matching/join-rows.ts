import type { Completion, Mapping, Review } from '../model/mapping.js'
import { compareOrigins } from '../model/origin.js'
import { isRecord } from '../model/stated.js'
import { compareText } from '../model/text.js'

/** Joins two rows that agree. Fields that both state are taken from the first. */
export function joinRows(first: Mapping, second: Mapping): Mapping {
  const { origins, ...completed } = joinOrigins([first, second])
  const score = { ...second.score, ...first.score }
  const review = joinReviews(first.review, second.review)
  const shared = {
    origins,
    ...(review && { review }),
    ...(Object.keys(score).length > 0 && { score }),
    ...completed,
  }
  // Rows of one pair are of one kind; sides are joined for the names that only one of the rows has.
  if (first.kind === 'mapped' && second.kind === 'mapped') {
    const capability = { ...second.capability, ...first.capability }
    return { ...second, ...first, ...shared, capability, technique: { ...second.technique, ...first.technique } }
  }
  if (first.kind === 'unmapped-capability' && second.kind === 'unmapped-capability') {
    return { ...second, ...first, ...shared, capability: { ...second.capability, ...first.capability } }
  }
  if (first.kind === 'unmapped-technique' && second.kind === 'unmapped-technique') {
    return { ...second, ...first, ...shared, technique: { ...second.technique, ...first.technique } }
  }
  throw new Error(`rows of different kinds can't be joined: ${first.kind}, ${second.kind}`)
}

/**
 * Joins two rows like `joinRows`, but keeps only the first of the origins and completions, which would be copied for each of 10,000 rows
 * that are joined one after the other. `joinOrigins` gives all in the end.
 */
export function joinInShort(first: Mapping, second: Mapping): Mapping {
  const joined = joinRows(first, second)
  const { origins, completed } = joined
  return { ...joined, origins: origins.slice(0, 1), ...(completed && { completed: completed.slice(0, 1) }) }
}

/** The origins of rows that are joined, each once, and their completions if there are any. */
export function joinOrigins(rows: readonly Mapping[]): Pick<Mapping, 'origins' | 'completed'> {
  // A bundle made from the other document has the same origins.
  const origins = rows.flatMap((row) => row.origins).toSorted(compareOrigins)
    .filter((origin, index, all) => index === 0 || compareOrigins(origin, all[index - 1] ?? origin) !== 0)
  const completed = rows.flatMap((row) => row.completed ?? [])
  return { origins, ...(completed.length > 0 && { completed }) }
}

/** A row with the values that a catalogue added to it, and the fields in which the catalogue's rows differ. */
interface CompletedRow {
  readonly row: Mapping
  readonly doubtful: readonly string[]
}

/** The fields that a catalogue can add, in the order in which they are reported. */
const completableFields = [
  'relation', 'group', 'score', 'comments', 'references', 'status', 'author', 'review', 'capability', 'technique',
] as const

type Field = (typeof completableFields)[number]

/**
 * Adds to a row the values that it does not state and in which all candidates (the rows of the catalogue that it may be) agree.
 * Records each addition with its origin. Values of the row are kept, except that the printed name of a mapping type becomes its id.
 */
export function completeRow(row: Mapping, candidates: Offers): CompletedRow {
  const [from] = candidates.rows[0]?.origins ?? []
  if (!from) return { row, doubtful: [] }
  const completed: Completion[] = [...(row.completed ?? [])]
  const doubtful: string[] = []
  const additions: Record<string, unknown> = {}
  for (const field of completableFields) {
    const stated = valueOf(row, field)
    const [wanted, ...others] = candidates.fillings(field, stated).map((offered) => fillField(field, stated, offered))
    if (others.some((other) => JSON.stringify(other) !== JSON.stringify(wanted))) {
      doubtful.push(field)
    } else if (JSON.stringify(wanted) !== JSON.stringify(stated)) {
      additions[field] = wanted
      completed.push({ field, from })
    }
  }
  return { row: completed.length > 0 ? { ...row, ...additions, completed } : row, doubtful }
}

/** Candidates of rows to complete, which may be many and the same for many rows: what they offer is collected once for all of these. */
export interface Offers {
  readonly rows: readonly Mapping[]
  /** Those that have a review. */
  readonly reviewed: readonly Mapping[]
  /** The values that the candidates offer, as far as they differ in what they add to the stated value. At least the first candidate's. */
  readonly fillings: (field: Field, stated: unknown) => readonly unknown[]
}

/** Collects what candidates offer. */
export function createOffers(rows: readonly Mapping[]): Offers {
  const known = new Map<string, readonly unknown[]>()
  return {
    rows,
    reviewed: rows.filter(({ review }) => review !== undefined),
    fillings(field, stated) {
      if (rows.length < 2) return rows.map((row) => valueOf(row, field))
      const lacking = addedBy(field, stated)
      const key = JSON.stringify([field, lacking.name])
      const values = known.get(key) ?? distinct(rows.map((row) => valueOf(row, field)), lacking.of)
      known.set(key, values)
      return values
    },
  }
}

/** What a value offered for a field adds to the stated value, and a name that is equal for stated values to which the same is added. */
function addedBy(field: Field, stated: unknown): { readonly name: unknown; readonly of: (offered: unknown) => unknown } {
  // The whole review is offered, or none.
  if (stated === undefined || field === 'relation' || field === 'review') return { name: 'all', of: (offered) => offered }
  if (!isRecord(stated)) return { name: 'nothing', of: () => undefined }
  return { name: Object.keys(stated).toSorted(compareText), of: (offered) => (isRecord(offered) ? missingFrom(stated, offered) : {}) }
}

/** The first values of each key. */
function distinct(values: readonly unknown[], keyOf: (value: unknown) => unknown): readonly unknown[] {
  const found = new Map<string | undefined, unknown>()
  for (const value of values) {
    const key = JSON.stringify(keyOf(value))
    if (!found.has(key)) found.set(key, value)
  }
  return [...found.values()]
}

/** The value of a field with a candidate's value added: an object gets the properties that it lacks, and keeps its own. */
function fillField(field: Field, stated: unknown, offered: unknown): unknown {
  if (offered === undefined) return stated
  if (stated === undefined || field === 'relation') return offered
  // A page has a score's category and value; a file has the related technique too.
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

/**
 * Joins the reviews of two rows that are the same row. A review is kept whole, since the initials sign that verdict: of two, the
 * second if it contains the first, otherwise the first.
 */
function joinReviews<Shape extends object = Review>(first: Shape | undefined, second: Shape | undefined): Shape | undefined {
  if (!first || !second) return first ?? second
  return containsAll(second, first) ? second : first
}

/** Whether neither of two reviews contains the other, so that joining them loses one. */
export function reviewsConflict(first: Review | undefined, second: Review | undefined): boolean {
  return first !== undefined && second !== undefined && !containsAll(first, second) && !containsAll(second, first)
}

/** A review on one line: "agreed, AB: see ticket". */
export function describeReview({ verdict, initials, remark }: Review): string {
  const signed = [verdict, initials].filter((part) => part !== undefined).join(', ')
  return [signed, remark].filter((part) => part !== undefined && part !== '').join(': ')
}

function containsAll(whole: object, part: object): boolean {
  const stated = new Map<string, unknown>(Object.entries(whole))
  return Object.entries(part).every(([key, value]) => stated.get(key) === value)
}
