import type { Collection } from './collection.js'
import type { CollectionState, Entry } from './collection-state.js'
import { matches } from './matches.js'
import { writePageToken, readPageToken, type PageToken } from './page-token.js'
import type { Filter, MatchField } from './query.js'
import { readQuery } from './read-query.js'

/** A part of what a collection holds, in order. */
export interface Page {
  readonly entries: readonly Entry[]
  /** What to ask for the rest with; absent on the last page. */
  readonly next?: string
}

/** What an address itself says, whatever its parameters. */
export interface Scope {
  /** The one object that is asked for. */
  readonly only: string | undefined
  readonly allVersions: boolean
}

const everyVersion = { all: true, first: false, last: false, times: new Set<number>() }

/** The page that parameters ask for, or what is wrong with them, as a sentence. */
export type TurnedPage = { readonly page: Page } | { readonly problem: string }

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
