import { readTimestamp } from './timestamps.js'

/** The versions of an object that match (TAXII 2.1, section 3.4.1). */
interface VersionMatch {
  readonly all: boolean
  readonly first: boolean
  readonly last: boolean
  /** In microseconds since 1970. */
  readonly times: ReadonlySet<number>
}

/** What objects are asked for. What is absent does not filter. */
export interface Filter {
  /** In microseconds since 1970; what was added at that very time is not asked for. */
  readonly addedAfter?: number
  readonly ids?: ReadonlySet<string>
  readonly types?: ReadonlySet<string>
  readonly specVersions?: ReadonlySet<string>
  readonly version: VersionMatch
}

/** A request for a page (TAXII 2.1, sections 3.4 and 3.5). */
interface Query {
  readonly filter: Filter
  /** How many objects at most. */
  readonly limit: number
  /** Where to go on, as an earlier page said. */
  readonly next?: string
}

/** What can be matched, in the words of TAXII. */
export type MatchField = 'id' | 'type' | 'version' | 'spec_version'

/** A request for a page, or what is wrong with it, as a sentence. */
type ReadQuery = { readonly query: Query } | { readonly problem: string }

/** The largest page, and the size of pages where the client names none. */
export const largestPage = 1000

const newest: VersionMatch = { all: false, first: false, last: true, times: new Set() }
const known: ReadonlySet<string> = new Set(['id', 'type', 'version', 'spec_version'])
/** Parameters of one value. */
const single: ReadonlySet<string> = new Set(['added_after', 'limit', 'next'])

/**
 * Reads the parameters of a URL (TAXII 2.1, section 3.4). Fields that this address cannot match are a mistake; other
 * parameters are not ours.
 */
export function readQuery(parameters: URLSearchParams, fields: readonly MatchField[]): ReadQuery {
  try {
    checkNames(parameters, fields)
    const addedAfter = readAddedAfter(parameters)
    const [ids, types, specVersions] = [listValues(parameters, 'id'), listValues(parameters, 'type'), listValues(parameters, 'spec_version')]
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
    if (error instanceof Mistake) return { problem: error.message }
    throw error
  }
}

class Mistake extends Error {}

function checkNames(parameters: URLSearchParams, fields: readonly MatchField[]): void {
  const seen = new Set<string>()
  for (const name of parameters.keys()) {
    const field = /^match\[(.*)\]$/.exec(name)?.[1]
    if (field !== undefined && !fields.some((one) => one === field)) {
      const fault = known.has(field) ? 'cannot be matched here' : 'is no field to match'
      throw new Mistake(`"${field}" ${fault}; here ${fields.map((one) => `match[${one}]`).join(', ')} can be given`)
    }
    if (seen.has(name) && field !== undefined) throw new Mistake(`${name} is given twice; separate values by commas`)
    if (seen.has(name) && single.has(name)) throw new Mistake(`${name} is given twice`)
    seen.add(name)
  }
}

function readAddedAfter(parameters: URLSearchParams): number | undefined {
  const text = parameters.get('added_after') ?? ''
  if (text === '') return undefined
  const time = readTimestamp(text)
  if (time === undefined) throw new Mistake('added_after is no timestamp such as 2026-01-31T12:00:00.000000Z')
  return time
}

function readLimit(parameters: URLSearchParams): number {
  const text = parameters.get('limit')
  if (text === null) return largestPage
  if (!/^\d+$/.test(text) || Number(text) === 0) throw new Mistake('limit is no whole number from 1 on')
  return Math.min(Number(text), largestPage)
}

function readVersions(values: ReadonlySet<string> | undefined): VersionMatch {
  if (!values) return newest
  const words = new Set(['all', 'first', 'last'])
  const times = [...values].filter((value) => !words.has(value)).map((value) => {
    const time = readTimestamp(value)
    if (time === undefined) throw new Mistake('match[version] takes last, first, all, and timestamps such as 2026-01-31T12:00:00.000Z')
    return time
  })
  if (values.has('all') && values.size > 1) throw new Mistake('match[version]=all stands alone')
  return { all: values.has('all'), first: values.has('first'), last: values.has('last'), times: new Set(times) }
}

/** The values of a field, between commas. */
function listValues(parameters: URLSearchParams, field: MatchField): ReadonlySet<string> | undefined {
  const text = parameters.get(`match[${field}]`)
  if (text === null) return undefined
  const values = text.split(',').map((value) => value.trim())
  if (values.includes('')) throw new Mistake(`match[${field}] has no value, or an empty one`)
  return new Set(values)
}
