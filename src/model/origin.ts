import { compareNaturally, compareText } from './text.js'

/** A place in a document. Lines and columns count from 1; cells are in A1 notation. */
export type Place =
  | { readonly kind: 'file' }
  | { readonly kind: 'text'; readonly line: number; readonly column: number }
  | { readonly kind: 'pointer'; readonly pointer: string; readonly line?: number; readonly column?: number }
  | { readonly kind: 'cell'; readonly sheet: string; readonly cell: string }

/** A place in a named document. `document` is `SourceDocument.name`: never an absolute path. */
export interface Origin {
  readonly document: string
  readonly place: Place
}

/** An origin in short form, for messages that name a second place. */
export function describeOrigin({ document, place }: Origin): string {
  switch (place.kind) {
    case 'file': return document
    case 'text': return `${document}:${place.line}`
    case 'pointer': return `${document}#${place.pointer}`
    case 'cell': return `${document} ${place.sheet}!${place.cell}`
  }
}

/**
 * A place in the form that editors and terminals turn into links: `path:14:1`, `path:14:1 /objects/3`, `path#/objects/3` if the
 * line is unknown, `path!Mappings!B12` for a cell. `path` is the document's, as the user typed it.
 */
export function describePlace(path: string, place: Origin['place']): string {
  if (place.kind === 'file') return path
  if (place.kind === 'text') return `${path}:${place.line}:${place.column}`
  if (place.kind === 'cell') return `${path}!${place.sheet}!${place.cell}`
  const { pointer, line, column } = place
  if (line === undefined) return pointer === '' ? path : `${path}#${pointer}`
  return `${path}:${line}:${column ?? 1}${pointer === '' ? '' : ` ${pointer}`}`
}

/** Orders origins by document, then by place: by code units and numbers, never by a locale. */
export function compareOrigins(a: Origin, b: Origin): number {
  return compareText(a.document, b.document) || comparePlaces(a.place, b.place)
}

function comparePlaces(a: Place, b: Place): number {
  if (a.kind === 'text' && b.kind === 'text') return a.line - b.line || a.column - b.column
  if (a.kind === 'pointer' && b.kind === 'pointer') return compareNaturally(a.pointer, b.pointer)
  if (a.kind === 'cell' && b.kind === 'cell') return compareText(a.sheet, b.sheet) || compareNaturally(a.cell, b.cell)
  return compareText(a.kind, b.kind)
}
