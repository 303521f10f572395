import type { Diagnostic, EmitterChoice, Statements } from '../index.js'

/** What the page and its worker tell each other: plain data, which can be cloned. */

/** An option of a format, as the registry describes it. */
type Option = { readonly name: string; readonly description: string } & (
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly default: string }
  | { readonly kind: 'boolean'; readonly default: boolean }
  | { readonly kind: 'number'; readonly default: number; readonly min?: number; readonly max?: number }
)

/** A format that documents can be converted to. */
export interface Format {
  readonly id: string
  readonly title: string
  readonly extension: string
  readonly loses: string
  readonly options: readonly Option[]
}

/** What the library offers: the page builds its forms from it. */
export interface Registry {
  readonly version: string
  readonly formats: readonly Format[]
  /** Extensions that are read from folders, lower case, no dot. */
  readonly readable: readonly string[]
  readonly parsers: readonly { readonly id: string; readonly title: string }[]
  /** Releases of ATT&CK by domain, oldest first. */
  readonly releases: readonly { readonly domain: string; readonly version: string }[]
}

/** A document to convert. `name` is its path below the folder that was chosen. */
export interface Upload {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What the user chose. */
export interface Choices {
  readonly emitters: EmitterChoice
  readonly statements: Statements
  readonly combine: boolean
  readonly created?: string
  readonly from?: string
  /** Limits of documents other than the usual ones, as typed: "rows=200000, cells=…". */
  readonly limits?: string
}

/** WebAssembly and fonts of the rasteriser, for PNG. */
export interface RasteriserParts {
  readonly wasm: Uint8Array<ArrayBuffer>
  readonly fonts: readonly Uint8Array<ArrayBuffer>[]
}

/** From the page to the worker. */
export type Order =
  | { readonly kind: 'convert'; readonly uploads: readonly Upload[]; readonly choices: Choices; readonly parts?: RasteriserParts }
  | { readonly kind: 'zip' }

/** A document, and what came of it. */
export interface ReadDocument {
  readonly name: string
  /** How it was read: "table: has columns for a capability and a technique"; undefined if it was not. */
  readonly how?: string
  readonly rows: number
  readonly sets: readonly string[]
}

/** A message, with its place in words. */
export interface Message extends Pick<Diagnostic, 'severity' | 'code' | 'message' | 'found' | 'expected' | 'hint' | 'excerpt' | 'count'> {
  readonly place?: string
}

/** An artifact. */
export interface MadeFile {
  readonly name: string
  readonly emitter: string
  readonly sha256: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The result of a conversion. */
export interface Result {
  readonly documents: readonly ReadDocument[]
  readonly rows: number
  readonly capabilities: number
  readonly messages: readonly Message[]
  readonly files: readonly MadeFile[]
}

/** From the worker to the page. */
export type Reply =
  | { readonly kind: 'ready'; readonly registry: Registry }
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number; readonly total: number }
  /** The document that is read next; none when all are read. */
  | { readonly kind: 'reading'; readonly name: string | undefined }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'zipped'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** A mistake in the choices, or a bug: the text is for people. */
  | { readonly kind: 'failed'; readonly problem: string; readonly isBug: boolean }
