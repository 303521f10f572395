import type { Completion, Mapping } from '../model/mapping.js'
import { joinReviews } from './join-reviews.js'

/** A row with what a catalogue adds to it, and the fields on which the catalogue's rows disagree. */
export interface CompletedRow {
  readonly row: Mapping
  readonly doubtful: readonly string[]
}

/** The fields that a catalogue can add, in the order in which they are told. */
const fields = ['relation', 'group', 'score', 'comments', 'references', 'status', 'author', 'review', 'capability', 'technique'] as const

type Field = (typeof fields)[number]

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
  for (const field of fields) {
    const stated = valueOf(row, field)
    const [offered, ...others] = candidates.map((candidate) => valueOf(candidate, field))
    const wanted = fill(field, stated, offered)
    if (others.some((other) => JSON.stringify(fill(field, stated, other)) !== JSON.stringify(wanted))) {
      doubtful.push(field)
    } else if (JSON.stringify(wanted) !== JSON.stringify(stated)) {
      additions[field] = wanted
      completed.push({ field, from })
    }
  }
  return { row: completed.length > 0 ? { ...row, ...additions, completed } : row, doubtful }
}

/** What a field is once an offer is taken: an object gains the parts that it lacks, and what is stated stays. */
function fill(field: Field, stated: unknown, offered: unknown): unknown {
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
