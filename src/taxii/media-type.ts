/** The media type of everything that TAXII 2.1 sends and takes (TAXII 2.1, section 1.6.8). */
export const taxiiMediaType = 'application/taxii+json;version=2.1'

/** A media type and its version, where it states one. */
interface MediaType {
  /** Lower case: "application/taxii+json". */
  readonly essence: string
  readonly version?: string
}

/** Reads a header Content-Type, or an entry of a collection's `media_types` (RFC 9110, section 8.3.1). */
export function readMediaType(text: string): MediaType {
  const [essence = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const version = parameters.find((parameter) => parameter.startsWith('version='))?.slice('version='.length).replaceAll('"', '')
  return { essence, ...(version !== undefined && { version }) }
}

const taxiiVersion = '2.1'
const taxiiEssence = taxiiMediaType.slice(0, taxiiMediaType.indexOf(';'))

/**
 * Whether a client takes TAXII 2.1, by its Accept header (TAXII 2.1, section 1.6.8; RFC 9110, section 12.5.1). Who sends
 * none takes anything.
 */
export function acceptsTaxii(header: string | undefined): boolean {
  if (header === undefined || header.trim() === '') return true
  const ranges = header.split(',').map(readRange)
  // The most specific range decides: "*/*, application/taxii+json;q=0" takes anything but TAXII.
  const [best] = ranges.filter(({ rank }) => rank > 0).toSorted((a, b) => b.rank - a.rank)
  return best?.isWanted ?? false
}

/** How closely a range names TAXII 2.1: 0 when it does not. */
function readRange(text: string): { readonly rank: number; readonly isWanted: boolean } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const values = new Map(parameters.map((parameter) => {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim())
    return [name, value.replace(/^"(.*)"$/, '$1')]
  }))
  const stated = values.get('version')
  const rank = range === taxiiEssence ? (stated === undefined ? 3 : stated === taxiiVersion ? 4 : 0) : range === 'application/*' ? 2 : range === '*/*' ? 1 : 0
  return { rank, isWanted: Number(values.get('q') ?? 1) > 0 }
}
