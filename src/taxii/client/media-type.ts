/** A media type and its version, where it states one. */
export interface MediaType {
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
