import { addToList, haveSameEntries } from '../model/stated.js'
import { compareText } from '../model/text.js'
import type { Mapping } from '../model/mapping.js'
import type { Values } from './agreement.js'

/** The key of a row's pair: its kind, capability id and technique id. Rows with different keys are never the same row. */
export function pairKey(mapping: Mapping): string {
  return JSON.stringify([
    mapping.kind,
    mapping.kind === 'unmapped-technique' ? undefined : mapping.capability.id,
    mapping.kind === 'unmapped-capability' ? undefined : mapping.technique.id,
  ])
}

/** Cache: rows are immutable, and their keys are needed repeatedly. */
const contentKeys = new WeakMap<Mapping, string>()

/** The key of a row's content, without origins and completions: rows with equal keys are equal in content. */
export function contentKey(mapping: Mapping): string {
  let key = contentKeys.get(mapping)
  if (key === undefined) {
    const { origins: _origins, completed: _completed, ...content } = mapping
    key = sortedJson(content)
    contentKeys.set(mapping, key)
  }
  return key
}

/** A value as JSON in which objects are lists of keys and values, in the order of the keys. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  return `[${Object.entries(value).toSorted(([a], [b]) => compareText(a, b)).map(([key, inner]) => `[${JSON.stringify(key)},${sortedJson(inner)}]`).join()}]`
}

/** Whether two rows have equal content, as their content keys say, which this does not need. */
export function haveSameContent(left: Mapping, right: Mapping): boolean {
  return haveSameEntries(left, right, notContent)
}

const notContent: ReadonlySet<string> = new Set(['origins', 'completed'])

/** Groups rows by a key; keys and rows keep their order. */
export function groupRows(rows: Iterable<Mapping>, key: (row: Mapping) => string): Map<string, Mapping[]> {
  const groups = new Map<string, Mapping[]>()
  for (const row of rows) addToList(groups, key(row), row)
  return groups
}

/** Whether two versions are equal, or one is not stated. Pages print "12.12.2024" where files write "12/12/2024". */
export function versionsAgree(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left.replaceAll('/', '.') === right.replaceAll('/', '.')
}

/** A candidate to match rows with. */
export interface Entry {
  readonly row: Mapping
  readonly order: number
  /** How many entries were closed before it; Infinity while it is open. */
  closedAt: number
  /** Those that count it. */
  readonly buckets: Bucket[]
  values?: Values
}

/** Entries with one key. */
export interface Bucket {
  readonly entries: Entry[]
  open: number
  /** How many open entries have each content. */
  readonly contents: Map<string, number>
  /** No entry before it is open. */
  first: number
  /** No open entry before it has a score value other than the first open one. */
  second: number
  /** How often entries were added, closed or opened. */
  changes: number
}

/** Entries by key. Those from `done` on are not yet in it. */
export interface Index {
  readonly buckets: Map<string, Bucket>
  done: number
}

/** An index without entries. */
export function createIndex(): Index {
  return { buckets: new Map(), done: 0 }
}

/** The entries with a key. Puts those that are new in the list into the index first. */
export function bucketOf(index: Index, entries: readonly Entry[], keyOf: (entry: Entry) => string, key: string): Bucket | undefined {
  for (; index.done < entries.length; index.done++) {
    const entry = entries[index.done]
    if (entry) putEntry(index, keyOf(entry), entry)
  }
  return index.buckets.get(key)
}

function putEntry({ buckets }: Index, key: string, entry: Entry): void {
  const bucket: Bucket = buckets.get(key) ?? { entries: [], open: 0, contents: new Map(), first: 0, second: 0, changes: 0 }
  buckets.set(key, bucket)
  bucket.entries.push(entry)
  entry.buckets.push(bucket)
  if (isOpen(entry)) countEntry(bucket, entry, 1)
}

/** Opens a closed entry. */
export function openEntry(entry: Entry): void {
  entry.closedAt = Infinity
  for (const bucket of entry.buckets) {
    countEntry(bucket, entry, 1)
    bucket.first = 0
    bucket.second = 0
  }
}

/** Closes an open entry, and adds it to those that are closed. */
export function closeEntry(entry: Entry, closed: Entry[]): void {
  entry.closedAt = closed.push(entry) - 1
  for (const bucket of entry.buckets) countEntry(bucket, entry, -1)
}

function countEntry(bucket: Bucket, { row }: Entry, step: 1 | -1): void {
  const content = contentKey(row)
  const count = (bucket.contents.get(content) ?? 0) + step
  if (count === 0) bucket.contents.delete(content)
  else bucket.contents.set(content, count)
  bucket.open += step
  bucket.changes++
}

/** Whether there is an entry, and it is open. */
export function isOpen(entry: Entry | undefined): entry is Entry {
  return entry?.closedAt === Infinity
}

/** The first open entries of a bucket. */
export function firstOpen(bucket: Bucket, most: number): readonly Entry[] {
  const { entries } = bucket
  while (bucket.first < entries.length && !isOpen(entries[bucket.first])) bucket.first++
  const open: Entry[] = []
  for (let index = bucket.first; index < entries.length && open.length < most; index++) {
    const entry = entries[index]
    if (isOpen(entry)) open.push(entry)
  }
  return open
}
