import type { Collection, CollectionState, Entry } from './collection.js'
import { type Filter, type MatchField, readQuery } from './read-query.js'

/** A part of what a collection holds, in order. */
export interface Page {
  readonly entries: readonly Entry[]
  /** What to ask for the rest with; absent on the last page. */
  readonly next?: string
}

/** What an address itself says, whatever its parameters. */
interface Scope {
  /** The one object that is asked for. */
  readonly only: string | undefined
  readonly allVersions: boolean
}

const everyVersion = { all: true, first: false, last: false, times: new Set<number>() }

/** The page that parameters ask for, or what is wrong with them, as a sentence. */
type TurnedPage = { readonly page: Page } | { readonly problem: string }

/**
 * Finds a page. Who has begun to page goes on in the state that they began in, as long as it is kept; where it is not, as
 * after a restart, they begin anew in the state of now: they get some objects twice, and miss none. A refusal would stop
 * clients that keep `next` for good.
 */
export function turnPage(collection: Collection, parameters: URLSearchParams, fields: readonly MatchField[], scope: Scope): TurnedPage {
  const asked = readQuery(parameters, fields)
  if ('problem' in asked) return asked
  const { next, limit, filter } = asked.query
  if (next === undefined) return { page: cutPage(collection.state, restrict(filter, scope), { position: 0, parameters: writeFilter(parameters) }, limit) }
  const token = readPageToken(next)
  const first = token && readQuery(new URLSearchParams(token.parameters), fields)
  if (!token || !first || 'problem' in first) return { problem: 'next is none that this server gave out for this address' }
  const state = [collection.state, ...collection.formerStates].find(({ mark }) => mark === token.mark)
  const start = state ? token : { ...token, position: 0 }
  return { page: cutPage(state ?? collection.state, restrict(first.query.filter, scope), start, limit) }
}

function cutPage(state: CollectionState, filter: Filter, start: Omit<PageToken, 'mark'>, limit: number): Page {
  const found: Entry[] = []
  for (let position = start.position; position < state.entries.length; position += 1) {
    const entry = state.entries[position]
    if (!entry || !matches(entry, filter)) continue
    if (found.length === limit) return { entries: found, next: writePageToken({ ...start, mark: state.mark, position }) }
    found.push(entry)
  }
  return { entries: found }
}

function restrict(filter: Filter, { only, allVersions }: Scope): Filter {
  return { ...filter, ...(only !== undefined && { ids: new Set([only]) }), ...(allVersions && { version: everyVersion }) }
}

/** The parameters that say which objects. */
function writeFilter(parameters: URLSearchParams): string {
  return new URLSearchParams([...parameters].filter(([name, value]) => value !== '' && (name === 'added_after' || name.startsWith('match[')))).toString()
}

/** Whether an object is asked for. Fields must all match; of a field's values any (TAXII 2.1, section 3.4.1). */
function matches({ object, date, isFirst, isLast, isLatestSpec }: Entry, filter: Filter): boolean {
  const { addedAfter, ids, types, specVersions, version } = filter
  if (addedAfter !== undefined && date <= addedAfter) return false
  if (ids && !ids.has(object.id)) return false
  if (types && !types.has(object.type)) return false
  if (specVersions ? !specVersions.has(object.specVersion) : !isLatestSpec) return false
  return version.all || (version.first && isFirst) || (version.last && isLast) || version.times.has(object.versionTime)
}

/** What `next` says: clients hand it back and understand nothing of it. */
interface PageToken {
  /** The mark of the state that is paged through. */
  readonly mark: string
  /** The index of the entry to go on with. */
  readonly position: number
  /** The parameters of the first request: some clients change them, or leave them out, later. */
  readonly parameters: string
}

/** Writes it so that it can stand in a URL. */
function writePageToken({ mark, position, parameters }: PageToken): string {
  const bytes = new TextEncoder().encode(JSON.stringify([mark, position, parameters]))
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Undefined when it is none of ours. */
function readPageToken(text: string): PageToken | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const [mark, position, parameters]: readonly unknown[] = Array.isArray(value) ? value : []
    if (typeof mark !== 'string' || typeof position !== 'number' || typeof parameters !== 'string') return undefined
    return Number.isSafeInteger(position) && position >= 0 ? { mark, position, parameters } : undefined
  } catch {
    return undefined
  }
}
