import type { Relation } from '../model/mapping-set.js'
import type { Mapping } from '../model/mapping.js'
import { compareText, foldName, foldSpace } from '../model/text.js'

/**
 * What a row states, as texts that are equal for values that agree; undefined where it states nothing. Reviews are not among them: a verdict
 * is about a row, not part of it, and two auditors may disagree about one row.
 */
export interface Values {
  readonly comments: string | undefined
  /** The mapping type of a candidate (`Types`), or the id of a row's. */
  readonly type: string | undefined
  /** Those of `fields`, in their order. */
  readonly others: readonly (string | undefined)[]
}

/** What a row states. `typeOf` gives the text for its mapping type; without it, its id. */
export function valuesOf(row: Mapping, typeOf: (relation: string) => string = (relation) => relation): Values {
  const { comments, relation } = row
  return {
    comments: comments === undefined ? undefined : foldSpace(comments),
    type: relation === undefined ? undefined : typeOf(relation),
    others: fields.map((read) => read(row)),
  }
}

/** The fields besides comments and mapping type. */
const fields: readonly ((row: Mapping) => string | undefined)[] = [
  ({ group }) => group,
  ({ status }) => status,
  ({ score }) => score?.category,
  ({ score }) => score?.value,
  ({ score }) => score?.related,
  ({ references }) => references && JSON.stringify(references),
  ({ author }) => author && entriesKey(author),
  ({ release }) => release && entriesKey(release),
]

function entriesKey(value: object): string {
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => compareText(a, b)))
}

/** A text that is equal for rows that state the same fields. Comments of white space are like none, and differ from others. */
export function shapeKey({ comments, type, others }: Values): string {
  return [comments === '' ? 'blank' : comments === undefined, ...[type, ...others].map((value) => value === undefined)].join()
}

/** The fields that a row and candidates of one shape both state, and in which they must be equal. */
export interface Agreement {
  /** Equal for equal fields. */
  readonly name: string
  /** Whether the mapping type is one of them. */
  readonly byType: boolean
  /** The key of their values: equal if all agree. `type` is that of the candidate. */
  readonly keyOf: (values: Values, type: string | undefined) => string
}

/** Plans in which fields a row is compared with candidates that state the same fields as `candidate`. */
export function planAgreement(row: Values, candidate: Values): Agreement {
  const byType = row.type !== undefined && candidate.type !== undefined
  const byComments = row.comments !== undefined && candidate.comments !== undefined
  const compared = row.others.flatMap((value, index) => (value === undefined || candidate.others[index] === undefined ? [] : [index]))
  return {
    name: JSON.stringify([byType, byComments, compared]),
    byType,
    keyOf: (values, type) => JSON.stringify([type, byComments ? values.comments : null, ...compared.map((index) => values.others[index])]),
  }
}

/** Whether a row and a candidate that agree have the same comments apart from white space, or both none. */
export function hasSameComments(row: Values, candidate: Values): boolean {
  const [own, other] = [row.comments ?? '', candidate.comments ?? '']
  // Comments that both state are equal.
  return (own === '') === (other === '')
}

/** Mapping types by id. A page prints the name where a file has the id: types agree if their ids or names do, folded. */
export type Named = ReadonlyMap<string, Relation>

/** The mapping types of candidates, by texts that are equal for types with the same folded id and name. */
interface Types {
  readonly ofCandidate: (relation: string) => string
  /** Those of the candidates so far that agree with a mapping type of others. */
  readonly agreeing: (relation: string, relations: Named) => readonly string[]
}

/** Collects the mapping types of candidates. */
export function createTypes(relations: Named): Types {
  const known = new Map<string, string>()
  const byFold = new Map<string, Set<string>>()
  return {
    ofCandidate(relation) {
      const own = known.get(relation)
      if (own !== undefined) return own
      const folds = foldsOf(relation, relations)
      const type = JSON.stringify(folds)
      known.set(relation, type)
      for (const fold of folds) byFold.set(fold, (byFold.get(fold) ?? new Set()).add(type))
      return type
    },
    agreeing: (relation, own) => [...new Set(foldsOf(relation, own).flatMap((fold) => [...byFold.get(fold) ?? []]))],
  }
}

function foldsOf(relation: string, relations: Named): readonly string[] {
  return [...new Set([relation, relations.get(relation)?.name ?? relation].map(foldName))].toSorted(compareText)
}
