/** Where in a document something stands. Lines and columns count from 1; cells are in A1 style. */
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
