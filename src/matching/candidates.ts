import type { Mapping } from '../model/mapping.js'
import { foldSpace } from '../model/text.js'
import { type Agreement, createTypes, hasSameComments, type Named, planAgreement, shapeKey, type Values, valuesOf } from './agreement.js'
import {
  type Bucket, bucketOf, closeEntry, contentKey, createIndex, type Entry, firstOpen, type Index, isOpen, openEntry, pairKey,
} from './keys.js'

/**
 * Rows that others are matched with, in the order in which they were added. Each takes part in one match: it is then closed, until all are
 * opened again. Looked up by keys of what they state, so that many rows of one pair take time in proportion to their number.
 */
export interface Candidates {
  /** Adds an open candidate. */
  readonly add: (row: Mapping) => void
  /** Opens the candidates that matches have closed; what was found before is no longer valid. */
  readonly reopen: () => void
  /** The candidates of a pair (`pairKey`); undefined if it has none. */
  readonly ofPair: (pair: string) => PairCandidates | undefined
}

/** The candidates of one pair. */
interface PairCandidates {
  /** The open candidates with this content (`contentKey`). */
  readonly alike: (content: string) => Found
  /**
   * The open candidates that agree with a row in every field that both state; of these, the ones with the row's comments, or without
   * comments if it has none, if there are such. Reviews are not compared: a verdict is about a row, not part of it.
   */
  readonly agreeing: (row: Mapping, relations: Named) => Found
  /** The first open candidate that has another score value than the row, but its score category, mapping type and comments. */
  readonly scoredOtherwise: (row: Mapping) => Mapping | undefined
}

/** Open candidates that were found together. */
export interface Found {
  readonly count: number
  /** Whether all of them have the same content. */
  readonly isAlike: boolean
  /** Closes the first ones, at most this many, and returns them. */
  readonly take: (most: number) => readonly Mapping[]
  /** Those that were open when they were found, in one list for all rows that find the same ones. */
  readonly list: () => readonly Mapping[]
}

/** Creates candidates. `relations`: their mapping types. */
export function createCandidates(relations: Named, rows: Iterable<Mapping> = []): Candidates {
  const pairs = new Map<string, Pool>()
  const types = createTypes(relations)
  const history: History = { closed: [], numbers: new Map(), lists: new Map() }
  let added = 0
  const add = (row: Mapping): void => {
    const pair = pairKey(row)
    const pool: Pool = pairs.get(pair) ?? { entries: [], contents: createIndex(), shapes: new Map(), shaped: 0, scores: createIndex() }
    pairs.set(pair, pool)
    pool.entries.push({ row, order: added++, closedAt: Infinity, buckets: [] })
  }
  for (const row of rows) add(row)
  return {
    add,
    reopen() {
      for (const entry of history.closed.splice(0)) openEntry(entry)
      history.numbers.clear()
      history.lists.clear()
    },
    ofPair(pair) {
      const pool = pairs.get(pair)
      return pool && {
        alike: (content) => found([bucketOf(pool.contents, pool.entries, ({ row }) => contentKey(row), content)], history),
        agreeing(row, own) {
          shapeEntries(pool, types.ofCandidate)
          return found(findAgreeing(pool, valuesOf(row), row.relation === undefined ? [] : types.agreeing(row.relation, own)), history)
        },
        scoredOtherwise: (row) => findScoredOtherwise(pool, row),
      }
    },
  }
}

interface Pool {
  readonly entries: Entry[]
  readonly contents: Index
  readonly shapes: Map<string, Shape>
  /** How many entries have a shape. */
  shaped: number
  readonly scores: Index
}

/** The closed entries, and lists of open ones by the numbers of their buckets and of these buckets' changes. */
interface History {
  readonly closed: Entry[]
  readonly numbers: Map<Bucket, number>
  readonly lists: Map<string, readonly Mapping[]>
}

function found(buckets: readonly (Bucket | undefined)[], { closed, numbers, lists }: History): Found {
  const own = buckets.flatMap((bucket) => (bucket !== undefined && bucket.open > 0 ? [bucket] : []))
  const time = closed.length
  const changes = own.map((bucket) => bucket.changes)
  return {
    count: own.reduce((sum, { open }) => sum + open, 0),
    // Entries with the same content have the same keys.
    isAlike: own.length === 1 && own[0]?.contents.size === 1,
    take: (most) => sortEntries(own.map((bucket) => firstOpen(bucket, most))).slice(0, most).map((entry) => {
      closeEntry(entry, closed)
      return entry.row
    }),
    list() {
      for (const bucket of own) if (!numbers.has(bucket)) numbers.set(bucket, numbers.size)
      const name = JSON.stringify([changes, own.map((bucket) => numbers.get(bucket))])
      const known = lists.get(name)
      const list = known ?? sortEntries(own.map(({ entries }) => entries.filter(({ closedAt }) => closedAt >= time))).map(({ row }) => row)
      if (!known) lists.set(name, list)
      return list
    },
  }
}

/** Entries of several buckets in the order in which they were added. */
function sortEntries(lists: readonly (readonly Entry[])[]): readonly Entry[] {
  const [first = []] = lists
  return lists.length < 2 ? first : lists.flat().toSorted((a, b) => a.order - b.order)
}

/** Entries that state the same fields, and indexes of them by the fields that rows state too. */
interface Shape {
  readonly key: string
  readonly values: Values
  readonly entries: Entry[]
  readonly indexes: Map<string, Index>
}

function shapeEntries(pool: Pool, typeOf: (relation: string) => string): void {
  for (; pool.shaped < pool.entries.length; pool.shaped++) {
    const entry = pool.entries[pool.shaped]
    if (!entry) continue
    const values = valuesOf(entry.row, typeOf)
    entry.values = values
    const key = shapeKey(values)
    const known = pool.shapes.get(key)
    if (known) known.entries.push(entry)
    else pool.shapes.set(key, { key, values, entries: [entry], indexes: new Map() })
  }
}

/** The open entries that agree with what a row states. `types`: the mapping types that agree with the row's. */
function findAgreeing(pool: Pool, own: Values, types: readonly string[]): readonly (Bucket | undefined)[] {
  const hits = Array.from(pool.shapes.values(), (shape) => {
    const agreement = planAgreement(own, shape.values)
    return { same: hasSameComments(own, shape.values), buckets: agreeingBuckets(shape, own, agreement, types) }
  })
  const same = hits.filter(({ same: isSame }) => isSame).flatMap(({ buckets }) => buckets)
  return same.some((bucket) => bucket !== undefined && bucket.open > 0) ? same : hits.flatMap(({ buckets }) => buckets)
}

function agreeingBuckets(
  { entries, indexes, values: first }: Shape, own: Values, { name, byType, keyOf }: Agreement, types: readonly string[],
): readonly (Bucket | undefined)[] {
  const index = indexes.get(name) ?? createIndex()
  indexes.set(name, index)
  const wanted = byType ? types : [undefined]
  return wanted.map((type) =>
    bucketOf(index, entries, ({ values = first }) => keyOf(values, byType ? values.type : undefined), keyOf(own, type)))
}

function findScoredOtherwise({ entries, scores }: Pool, row: Mapping): Mapping | undefined {
  const value = row.score?.value
  const bucket = value === undefined ? undefined : bucketOf(scores, entries, (entry) => scoreKey(entry.row), scoreKey(row))
  if (!bucket) return undefined
  const [first] = firstOpen(bucket, 1)
  if (!first || first.row.score?.value !== value) return first?.row
  // Both ends only move on: entries are closed, and all before the second that are open have the value of the first.
  bucket.second = Math.max(bucket.second, bucket.first)
  while (bucket.second < bucket.entries.length) {
    const entry = bucket.entries[bucket.second]
    if (isOpen(entry) && entry.row.score?.value !== value) return entry.row
    bucket.second++
  }
  return undefined
}

function scoreKey({ score, relation, comments }: Mapping): string {
  return JSON.stringify([score?.value === undefined, score?.category, relation, foldSpace(comments ?? '')])
}
