import { readTimestamp } from './collection.js'

/** The versions of an object that `match[version]` selects (TAXII 2.1, section 3.4.1). */
interface VersionMatch {
  readonly all: boolean
  readonly first: boolean
  readonly last: boolean
  /** In microseconds since 1970. */
  readonly times: ReadonlySet<number>
}

/** The objects that a request selects; absent fields do not filter. */
export interface Filter {
  /** In microseconds since 1970, exclusive. */
  readonly addedAfter?: number
  readonly ids?: ReadonlySet<string>
  readonly types?: ReadonlySet<string>
  readonly specVersions?: ReadonlySet<string>
  readonly version: VersionMatch
}

/** A request for a page (TAXII 2.1, sections 3.4 and 3.5). */
interface Query {
  readonly filter: Filter
  /** The most objects in the page. */
  readonly limit: number
  /** The token from an earlier page. */
  readonly next?: string
}

/** The fields that `match[…]` can name. */
export type MatchField = 'id' | 'type' | 'version' | 'spec_version'

/** A request for a page, or why the parameters are invalid, as a sentence. */
type ReadQuery = { readonly query: Query } | { readonly problem: string }

/** The largest page, and the default page size. */
export const largestPage = 1000

const newest: VersionMatch = { all: false, first: false, last: true, times: new Set() }
const known: ReadonlySet<string> = new Set(['id', 'type', 'version', 'spec_version'])
/** Parameters that may be given only once. */
const single: ReadonlySet<string> = new Set(['added_after', 'limit', 'next'])

/**
 * Reads the parameters of a URL (TAXII 2.1, section 3.4). Match fields that the address does not support are an error; unknown
 * parameters are ignored.
 */
export function readQuery(parameters: URLSearchParams, fields: readonly MatchField[]): ReadQuery {
  try {
    checkNames(parameters, fields)
    const addedAfter = readAddedAfter(parameters)
    const ids = listValues(parameters, 'id')
    const types = listValues(parameters, 'type')
    const specVersions = listValues(parameters, 'spec_version')
    const next = parameters.get('next') ?? ''
    return {
      query: {
        filter: {
          ...(addedAfter !== undefined && { addedAfter }),
          ...(ids && { ids }),
          ...(types && { types }),
          ...(specVersions && { specVersions }),
          version: readVersions(listValues(parameters, 'version')),
        },
        limit: readLimit(parameters),
        ...(next !== '' && { next }),
      },
    }
  } catch (error) {
    if (error instanceof QueryError) return { problem: error.message }
    throw error
  }
}

class QueryError extends Error {}

function checkNames(parameters: URLSearchParams, fields: readonly MatchField[]): void {
  const seen = new Set<string>()
  for (const name of parameters.keys()) {
    const field = /^match\[(.*)\]$/.exec(name)?.[1]
    if (field !== undefined && !fields.some((one) => one === field)) {
      const fault = known.has(field) ? 'is not supported at this address' : 'is not a field of TAXII'
      throw new QueryError(`match[${field}] ${fault}; supported here: ${fields.map((one) => `match[${one}]`).join(', ')}`)
    }
    if (seen.has(name) && field !== undefined) throw new QueryError(`${name} is given twice; separate values with commas`)
    if (seen.has(name) && single.has(name)) throw new QueryError(`${name} is given twice`)
    seen.add(name)
  }
}

function readAddedAfter(parameters: URLSearchParams): number | undefined {
  const text = parameters.get('added_after') ?? ''
  if (text === '') return undefined
  const time = readTimestamp(text)
  if (time === undefined) throw new QueryError('added_after must be a timestamp such as 2026-01-31T12:00:00.000000Z')
  return time
}

function readLimit(parameters: URLSearchParams): number {
  const text = parameters.get('limit')
  if (text === null) return largestPage
  if (!/^\d+$/.test(text) || Number(text) === 0) throw new QueryError('limit must be a positive integer')
  return Math.min(Number(text), largestPage)
}

function readVersions(values: ReadonlySet<string> | undefined): VersionMatch {
  if (!values) return newest
  const words = new Set(['all', 'first', 'last'])
  const times = [...values].filter((value) => !words.has(value)).map((value) => {
    const time = readTimestamp(value)
    if (time === undefined) throw new QueryError('match[version] must be last, first, all, or timestamps such as 2026-01-31T12:00:00.000Z')
    return time
  })
  if (values.has('all') && values.size > 1) throw new QueryError('match[version]=all cannot be combined with other values')
  return { all: values.has('all'), first: values.has('first'), last: values.has('last'), times: new Set(times) }
}

/** The comma-separated values of a match field; undefined if it is not given. */
function listValues(parameters: URLSearchParams, field: MatchField): ReadonlySet<string> | undefined {
  const text = parameters.get(`match[${field}]`)
  if (text === null) return undefined
  const values = text.split(',').map((value) => value.trim())
  if (values.includes('')) throw new QueryError(`match[${field}] has an empty value`)
  return new Set(values)
}
