/** The media type without parameters, and the version, of TAXII 2.1 messages (TAXII 2.1, section 1.6.8). */
export const taxiiEssence = 'application/taxii+json'
export const taxiiVersion = '2.1'

/** The media type of all TAXII 2.1 requests and responses. */
export const taxiiMediaType = `${taxiiEssence};version=${taxiiVersion}`

/** The media type of STIX objects of a version, "2.1" or "2.0". */
export function stixMediaType(version: string): string {
  return `application/stix+json;version=${version}`
}

/** A media type, and its version parameter if it has one. */
interface MediaType {
  /** Lower case: "application/taxii+json". */
  readonly essence: string
  readonly version?: string
}

/** Parses a Content-Type header, or an entry of a collection's `media_types` (RFC 9110, section 8.3.1). */
export function readMediaType(text: string): MediaType {
  const [essence = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const version = parameters.find((parameter) => parameter.startsWith('version='))?.slice('version='.length).replaceAll('"', '')
  return { essence, ...(version !== undefined && { version }) }
}

/**
 * Whether a client accepts TAXII 2.1, by its Accept header (TAXII 2.1, section 1.6.8; RFC 9110, section 12.5.1). Without the
 * header, it accepts anything.
 */
export function acceptsTaxii(header: string | undefined): boolean {
  if (header === undefined || header.trim() === '') return true
  const ranges = header.split(',').map(readRange)
  // The most specific range decides: "*/*, application/taxii+json;q=0" accepts anything but TAXII.
  const [best] = ranges.filter(({ rank }) => rank > 0).toSorted((a, b) => b.rank - a.rank)
  return best?.isWanted ?? false
}

/** How specifically a media range matches TAXII 2.1 (0: not at all), and whether its quality is above 0. */
function readRange(text: string): { readonly rank: number; readonly isWanted: boolean } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const values = new Map(parameters.map((parameter) => {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim())
    return [name, value.replace(/^"(.*)"$/, '$1')]
  }))
  return { rank: rankRange(range, values.get('version')), isWanted: Number(values.get('q') ?? 1) > 0 }
}

function rankRange(range: string, version: string | undefined): number {
  if (range === taxiiEssence) return version === undefined ? 3 : version === taxiiVersion ? 4 : 0
  return range === 'application/*' ? 2 : range === '*/*' ? 1 : 0
}
