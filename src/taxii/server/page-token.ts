/** What `next` says: clients hand it back and understand nothing of it. */
export interface PageToken {
  /** The mark of the state that is paged through. */
  readonly mark: string
  /** The index of the entry to go on with. */
  readonly position: number
  /** The parameters of the first request: some clients change them, or leave them out, later. */
  readonly parameters: string
}

/** Writes it so that it can stand in a URL. */
export function writePageToken({ mark, position, parameters }: PageToken): string {
  const bytes = new TextEncoder().encode(JSON.stringify([mark, position, parameters]))
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Undefined when it is none of ours. */
export function readPageToken(text: string): PageToken | undefined {
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
