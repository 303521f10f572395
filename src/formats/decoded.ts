import type { Place } from '../model/origin.js'

/** The bytes of a document, with a name that is the same on every machine: what the host reads for the pipeline. */
export interface DocumentFile {
  /** Relative to the input that it was found in, with forward slashes. Written into artifacts. */
  readonly name: string
  /** As the user would type it. Printed in messages. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Lower-case hex. */
  readonly sha256: string
}

/** Any value of JSON, YAML or TOML. */
export type TreeValue = null | boolean | number | string | readonly TreeValue[] | { readonly [key: string]: TreeValue }

interface DecodedCommon {
  readonly file: DocumentFile
}

/** Plain text: lines without their ends, in Unicode NFC, with every kind of space as a space and without a byte order mark. */
export interface TextDocument extends DecodedCommon {
  readonly container: 'text'
  readonly lines: readonly string[]
}

/** A JSON, YAML or TOML document: its value, and the places of the values in it. */
export interface TreeDocument extends DecodedCommon {
  readonly container: 'json' | 'yaml' | 'toml'
  readonly value: TreeValue
  /**
   * Line and column (from 1) of the value at a JSON pointer (RFC 6901), or of an item of that value, by its number; JSON is scanned for places
   * on first use.
   */
  locate(pointer: string, item?: number): { readonly line: number; readonly column: number } | undefined
  /** The list of a large document that is empty in `value`. Only for parsers that say they read it (`Parser.longList`). */
  readonly longList?: LongList
}

/** A list whose items are parsed one after the other, and not kept: all of them together would take much more memory than the document. */
export interface LongList {
  readonly pointer: string
  readonly length: number
  /** To be called again for another pass. */
  items(): Iterable<TreeValue>
}

/**
 * A sheet of a table: rows of cells as the document displays them, dates in ISO form, every merged cell with the text of
 * the first. A blank cell is ''; rows may differ in length, and blank cells and rows at the ends are left out.
 */
export interface TableSheet {
  /** '' for CSV. */
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** The target of a cell's hyperlink. Row and column count from 0, as in `rows`. */
  link(row: number, column: number): string | undefined
  /** The place of a cell: `text` in CSV, `cell` in a workbook. Computed on demand. */
  place(row: number, column: number): Place
  /** What a cell contains if that is no text: a date, or a number without a number format. Absent if the document does not say. */
  kind?(row: number, column: number): CellKind | undefined
  /** The name of a field in its object, if the column's title has the name of that before it: "AC-2" of "controls.AC-2". */
  ownTitle?(column: number): string | undefined
}

/** A value that a spreadsheet has in place of the text that was typed: 4.1 for 4.10, 2024-03-01 for MAR-01. */
export type CellKind = 'number' | 'date'

/** A CSV file (one sheet) or a workbook. */
export interface TableDocument extends DecodedCommon {
  readonly container: 'csv' | 'workbook'
  readonly sheets: readonly TableSheet[]
}

/** An element of an HTML page; scripts, styles and templates are left out. Names are lower-case. */
export interface HtmlElement {
  readonly name: string
  /** Entities are decoded. The first of repeated attributes counts. */
  readonly attributes: ReadonlyMap<string, string>
  /** Elements and texts in order; texts are tidied like those of a `TextDocument`, and white space alone is one line end or space. */
  readonly children: readonly (HtmlElement | string)[]
  /** The offset of its tag, for `HtmlDocument.position`. */
  readonly offset: number
}

/** An HTML page. */
export interface HtmlDocument extends DecodedCommon {
  readonly container: 'html'
  /** The characters of the page, with \n as line ends: what offsets count in. Includes the scripts that `root` leaves out. */
  readonly text: string
  /** Contains all elements and texts; has neither name nor place. */
  readonly root: HtmlElement
  /** The elements that are open at the end of the page, outermost first. */
  readonly openAtEnd: readonly HtmlElement[]
  /** The address from which the browser saved the page, according to its comment. */
  readonly savedFrom?: string
  /** Line and column (from 1) of an offset; computed on demand. */
  position(offset: number): { readonly line: number; readonly column: number }
}

/** A document whose container is decoded: the input of parsers. */
export type DecodedDocument = TextDocument | TreeDocument | TableDocument | HtmlDocument
export type ContainerId = DecodedDocument['container']

/** An object of JSON or a mapping of YAML. */
export type TreeObject = { readonly [key: string]: TreeValue }

/** Whether a value is an object: neither null nor a list. */
export function isObject(value: TreeValue | undefined): value is TreeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a list. */
export function isList(value: TreeValue | undefined): value is readonly TreeValue[] {
  return Array.isArray(value)
}

/** How deep objects and lists may nest in JSON and YAML. Mapping files nest 4 deep, STIX bundles and layers less than 10. */
export const depthLimit = 200

/** A row without the blank cells at its end. */
export function withoutBlankEnd(row: readonly string[]): readonly string[] {
  let length = row.length
  while (length > 0 && row[length - 1] === '') length -= 1
  return length === row.length ? row : row.slice(0, length)
}

/** The value of a field; undefined if the value is not an object or lacks the field. Inherited fields are not read. */
export function fieldOf(value: TreeValue | undefined, name: string): TreeValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** The value of a field if it is a string. */
export function textOf(value: TreeValue | undefined, name: string): string | undefined {
  const text = fieldOf(value, name)
  return typeof text === 'string' ? text : undefined
}

/** The items of a field if it is a list; empty otherwise. */
export function itemsOf(value: TreeValue | undefined, name: string): readonly TreeValue[] {
  const items = fieldOf(value, name)
  return isList(items) ? items : []
}

/** The document if it is JSON, YAML or TOML. */
export function treeOf(document: DecodedDocument): TreeDocument | undefined {
  return 'value' in document ? document : undefined
}
