import type { Place } from '../model/origin.js'

/** A document's bytes, with a name that is the same on every machine. What `io` gives to the pipeline. */
export interface DocumentFile {
  /** Relative to the input that was named, with forward slashes. Stands in artifacts. */
  readonly name: string
  /** As the user would type it. Stands in messages. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Lower-case hex. */
  readonly sha256: string
}

/** Any value of JSON or YAML. */
export type TreeValue = null | boolean | number | string | readonly TreeValue[] | { readonly [key: string]: TreeValue }

interface DecodedCommon {
  readonly file: DocumentFile
}

/** Plain text: lines without their line ends, Unicode NFC, non-breaking spaces as spaces, no BOM. */
export interface TextDocument extends DecodedCommon {
  readonly container: 'text'
  readonly lines: readonly string[]
}

/** A JSON or YAML document: its value, and where the value of a JSON pointer stands. */
export interface TreeDocument extends DecodedCommon {
  readonly container: 'json' | 'yaml'
  readonly value: TreeValue
  /** Line and column (from 1) of the value at a JSON pointer (RFC 6901); scans the text on first use. */
  locate(pointer: string): { readonly line: number; readonly column: number } | undefined
}

/**
 * A sheet of a table: rows of cells as the document displays them, dates in ISO form, merged cells all with their shared
 * text. A blank cell is ''; rows may differ in length, and blank cells and rows at the ends are left out.
 */
export interface TableSheet {
  /** '' for CSV. */
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** The address behind a cell, where it has one. Row and column count from 0, as in `rows`. */
  link(row: number, column: number): string | undefined
  /** Where a cell stands: `text` in CSV, `cell` in a workbook. Computed when asked for. */
  place(row: number, column: number): Place
}

/** A CSV file (one sheet) or a workbook. */
export interface TableDocument extends DecodedCommon {
  readonly container: 'csv' | 'workbook'
  readonly sheets: readonly TableSheet[]
}

/** An element of an HTML page; scripts, styles and templates are left out. Names are lower-case. */
export interface HtmlElement {
  readonly name: string
  /** Entities are decoded. Of attributes that stand twice the first counts. */
  readonly attributes: ReadonlyMap<string, string>
  /** Elements and texts in order; texts are tidied like those of a `TextDocument`, white space alone is one line end or space. */
  readonly children: readonly (HtmlElement | string)[]
  /** Where its tag begins, for `HtmlDocument.position`. */
  readonly offset: number
}

/** An HTML page. */
export interface HtmlDocument extends DecodedCommon {
  readonly container: 'html'
  /** Holds everything; has no name and no place. */
  readonly root: HtmlElement
  /** The elements that are open where the page ends, outermost first. */
  readonly openAtEnd: readonly HtmlElement[]
  /** The address that the browser says it saved the page from. */
  readonly savedFrom?: string
  /** Line and column (from 1) of an offset; computed when asked for. */
  position(offset: number): { readonly line: number; readonly column: number }
}

/** A document whose container is decoded: what parsers get. */
export type DecodedDocument = TextDocument | TreeDocument | TableDocument | HtmlDocument
export type ContainerId = DecodedDocument['container']

/** An object of JSON or YAML. */
export type TreeObject = { readonly [key: string]: TreeValue }

/** Whether a value is an object: neither null nor a list. */
export function isObject(value: TreeValue | undefined): value is TreeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a list. */
export function isList(value: TreeValue | undefined): value is readonly TreeValue[] {
  return Array.isArray(value)
}

/** How deep objects and lists may nest in a tree container. Mapping files nest 4 deep, STIX bundles and layers below 10. */
export const depthLimit = 200

/** A row without the blank cells at its end. */
export function withoutBlankEnd(row: readonly string[]): readonly string[] {
  let length = row.length
  while (length > 0 && row[length - 1] === '') length -= 1
  return length === row.length ? row : row.slice(0, length)
}
