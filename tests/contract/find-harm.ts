import { parse as parseCsv } from 'csv-parse/sync'
import { Parser } from 'htmlparser2'
import { parquetMetadata, parquetSchema } from 'hyparquet'
import { parse as parseYaml } from 'yaml'
import { read, type WorkBook } from 'xlsx'
import { readMarkdown } from '../support/read-markdown.js'
import { readPng } from '../support/read-png.js'
import { readSvg } from '../support/read-svg.js'

/** What opening an artifact could do to its reader, or why it could not be opened at all; nothing if all is well. */
export function findHarm(name: string, bytes: Uint8Array): readonly string[] {
  const reader = readers.find(([extension]) => name.endsWith(extension))
  try {
    return (reader?.[1] ?? checkText)(bytes)
  } catch (error) {
    return [`${name} cannot be read: ${String(error)}`]
  }
}

const readers: readonly (readonly [extension: string, judge: (bytes: Uint8Array) => readonly string[]])[] = [
  ['.json', (bytes) => checkJson(decode(bytes))],
  ['.yaml', (bytes) => checkYaml(decode(bytes))],
  ['.csv', (bytes) => checkCsv(decode(bytes))],
  ['.xlsx', checkWorkbook],
  ['.html', (bytes) => checkHtml(decode(bytes))],
  ['.md', (bytes) => checkMarkdown(decode(bytes))],
  ['.svg', (bytes) => checkSvg(decode(bytes))],
  ['.png', checkPng],
  ['.parquet', checkParquet],
]

function checkText(bytes: Uint8Array): readonly string[] {
  decode(bytes)
  return []
}

/** Fails where the bytes are not UTF-8. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

/** JSON with half a surrogate pair is readable for some and not for others. */
function checkJson(text: string): readonly string[] {
  return listHalves(JSON.parse(text))
}

/** So is YAML, which escapes like JSON. */
function checkYaml(text: string): readonly string[] {
  return listHalves(parseYaml(text))
}

function listHalves(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.isWellFormed() ? [] : [`half a surrogate pair in ${value.slice(0, 40)}`]
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().flatMap(listHalves) : []
}

/** A cell that begins so is a formula to a spreadsheet. */
function checkCsv(text: string): readonly string[] {
  const table: readonly (readonly string[])[] = parseCsv(text, { bom: true, relaxColumnCount: false })
  return table.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell)).map((cell) => `a formula: ${cell.slice(0, 40)}`)
}

function checkWorkbook(bytes: Uint8Array): readonly string[] {
  const workbook: WorkBook = read(bytes, { cellFormula: true })
  return workbook.SheetNames.flatMap((sheet) =>
    Object.entries(workbook.Sheets[sheet] ?? {}).flatMap(([cell, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && 'f' in value && !isOwnFormula(String(value.f)) ? [`${sheet}!${cell}: ${String(value.f)}`] : []))
}

/** Formulas of ours count cells of our own sheets; none has a text in it that a document could have written. */
function isOwnFormula(formula: string): boolean {
  return !/HYPERLINK|cmd|1\+1|2\+3/.test(formula)
}

/** Elements that load, send or frame. */
const outsiders = /^(?:img|iframe|object|embed|link|base|form|video|audio|frame|foreignobject)$/

/** Two scripts, the data and ours; nothing else runs, loads, sends, or leads to what runs. tests/browser opens reports, too. */
function checkHtml(text: string): readonly string[] {
  const harms: string[] = []
  let scripts = 0
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'script') scripts += 1
      if (outsiders.test(name)) harms.push(`an element ${name}`)
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^(?:on.*|style|src|srcset|srcdoc|action|formaction|ping)$/.test(attribute)) harms.push(`an attribute ${attribute}`)
        if (attribute === 'href' && !/^(?:#|https?:\/\/)/.test(value)) harms.push(`a link to ${value.slice(0, 40)}`)
        if (name === 'meta' && value.toLowerCase() === 'refresh') harms.push('a refresh')
      }
    },
  })
  parser.end(text)
  return scripts === 2 ? harms : [...harms, `${scripts} scripts`]
}

/** Tables whose lines are equally wide; no tag, link or picture of a document's making, but addresses that hosts make links of. */
function checkMarkdown(text: string): readonly string[] {
  const { tables, others } = readMarkdown(text)
  const cells = [...tables.flatMap(({ rows }) => rows.flat()), ...others]
  return [
    ...cells.flatMap(({ alive }) => alive).filter((mark) => /[<[\]]/.test(mark)).map((mark) => `a live ${mark}`),
    ...cells.flatMap(({ links }) => links).filter((link) => /^(?!https?:)[a-z]+:/i.test(link)).map((link) => `a link to ${link}`),
  ]
}

/** A picture has shapes and text, and nothing that runs, styles, links or loads. */
function checkSvg(text: string): readonly string[] {
  const { elements, attributes } = readSvg(text)
  const harmless = new Set(['svg', 'title', 'desc', 'g', 'rect', 'text'])
  return [
    ...[...elements.keys()].filter((name) => !harmless.has(name)).map((name) => `an element ${name}`),
    ...[...attributes].filter((name) => /^on|href|style|^xmlns./.test(name)).map((name) => `an attribute ${name}`),
    ...(/[\u202a-\u202e\u2066-\u2069]/.test(text) ? ['a mark that turns text round'] : []),
  ]
}

/** Pixels only: no chunk of text, nor of anything else that is not shown. */
function checkPng(bytes: Uint8Array): readonly string[] {
  return readPng(bytes).chunks.filter((type) => !['IHDR', 'IDAT', 'IEND'].includes(type)).map((type) => `a chunk ${type}`)
}

/** Columns of ours alone, which no text of a document names; engines that read them as text show it as text. */
function checkParquet(bytes: Uint8Array): readonly string[] {
  const metadata = parquetMetadata(bytes.slice().buffer)
  const names = parquetSchema(metadata).children.map(({ element }) => element.name)
  return names.filter((name) => !/^[a-z]+(?:_[a-z]+)*$/.test(name)).map((name) => `a column ${name}`)
}
